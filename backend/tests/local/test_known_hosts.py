"""A local run shows its mailbox to whoever asks, and so answers to its own names only."""

import socket

import pytest
from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from capecontrol.local.known_hosts import KnownHosts
from tests.plain_http import send


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *((name, 200) for name in ("localhost:8000", "LOCALHOST", "127.0.0.1:8000", "[::1]:8000", "192.168.1.5:8000")),
        *((name, 200) for name in (f"{socket.gethostname()}:8000", f"{socket.gethostname()}.local", "a.localhost")),
        *((name, 421) for name in ("evil.test:8000", "localhost.evil.test", "127.0.0.1.evil.test", "evil.local")),
        *((name, 421) for name in ("", "[::1", "localhost@evil.test", "evil.test@localhost.evil.test")),
    ],
)
async def test_a_name_that_somebody_else_points_here_reads_no_mail(host: str, status: int, app: FastAPI) -> None:
    answer = await send(app, "GET", "/api/dev/mailbox", headers={"Host": host})
    assert answer.status_code == status
    if status == 421:
        assert "http://localhost:8000" in answer.text
        assert "items" not in answer.text


async def _served(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("served")(scope, receive, send)


@pytest.mark.parametrize(("host", "status"), [("office.lan", 200), ("engine.lan:5678", 200), ("other.lan", 421)])
async def test_who_names_an_address_is_answered_there(host: str, status: int) -> None:
    served: ASGIApp = KnownHosts(_served, addresses=("http://office.lan:8000", "http://engine.lan:8000"))
    app = FastAPI()
    app.router.default = served
    assert (await send(app, "GET", "/x", headers={"Host": host})).status_code == status
