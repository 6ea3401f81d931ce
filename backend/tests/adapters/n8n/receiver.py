"""A server on 127.0.0.1 that keeps what workflows send to it."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

PATIENCE_SECONDS = 20.0


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """Serve an application on a free port; yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        eventually(lambda: server.started)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


def eventually(holds: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until something holds; another program's doing has no event to wait for."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.02)


@dataclass(frozen=True)
class Received:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What came. Paths that begin with /fail are answered 500."""

    base_url: str = ""
    requests: list[Received] = field(default_factory=list)

    def app(self) -> ASGIApp:
        async def receive(request: Request) -> Response:
            self.requests.append(Received(request.url.path, dict(request.headers), await request.body()))
            return JSONResponse({"ok": True}, status_code=500 if request.url.path.startswith("/fail") else 200)

        return Starlette(routes=[Route("/{path:path}", receive, methods=["GET", "POST", "PUT"])])

    def at(self, path: str, count: int = 1) -> list[Received]:
        """Wait for so many requests at a path and return all that came there."""
        eventually(lambda: len([r for r in self.requests if r.path == path]) >= count)
        return [r for r in self.requests if r.path == path]
