"""The application to mount: the API, the webhooks, the page."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from capecontrol.adapters.n8n.local.page import render
from capecontrol.adapters.n8n.local.public_api import PublicApi
from capecontrol.adapters.n8n.local.runs import Runs
from capecontrol.adapters.n8n.local.store import Store
from capecontrol.adapters.n8n.local.webhooks import Webhooks
from capecontrol.core.clock import Clock, SystemClock

STORE_FILE = "local-n8n.sqlite3"


def local_n8n(state_dir: Path, api_key: str, clock: Clock | None = None) -> ASGIApp:
    """Make the local n8n.

    Args:
        state_dir: where its one file lives; workflows and executions survive a restart.
        api_key: the key that its public API accepts.
        clock: the application's clock, so that signed timestamps agree with it when it is shifted.

    The application needs no start-up and no shutdown: runs that end with the process are found "crashed" by the next.
    """
    store = Store(state_dir / STORE_FILE)
    runs = Runs(store, clock or SystemClock())

    async def page(request: Request) -> Response:
        return HTMLResponse(render(store, _loopback(request), api_key))

    async def health(request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def not_found(request: Request, error: Exception) -> Response:
        return JSONResponse({"message": "not found"}, status_code=404)

    return Starlette(
        routes=[
            Route("/", page),
            Route("/healthz", health),
            Route("/healthz/readiness", health),
            Mount("/api/v1", routes=PublicApi(store, runs, api_key).routes()),
            *Webhooks(store, runs).routes(),
        ],
        exception_handlers={404: not_found},
    )


def _loopback(request: Request) -> str:
    """Return this server's address as the product's processes call it."""
    port = request.url.port or 80
    return f"http://127.0.0.1:{port}{request.scope.get('root_path', '')}".rstrip("/")
