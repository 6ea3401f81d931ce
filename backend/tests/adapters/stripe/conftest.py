"""A local Stripe on a real port, an inbox for its webhooks, and the gateway that talks to it."""

import asyncio
import os
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from capecontrol.adapters.stripe.gateway import StripeGateway
from capecontrol.adapters.stripe.local import LocalStripe, local_stripe

SECRET_KEY = "sk_test_local"
WEBHOOK_SECRET = "whsec_local"


class HandClock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset


@dataclass
class Inbox:
    """What the shop received, and how it answers."""

    answers: list[int] = field(default_factory=list)
    received: list[tuple[bytes, str]] = field(default_factory=list)
    awaited: int = 1
    arrived: threading.Event = field(default_factory=threading.Event)

    async def until(self, count: int) -> None:
        """Wait for so many webhooks; they arrive in the server's thread."""
        self.awaited = count
        if len(self.received) < count:
            self.arrived.clear()
            await asyncio.to_thread(self.arrived.wait, 10)

    async def receive(self, request: Request) -> Response:
        self.received.append((await request.body(), request.headers["stripe-signature"]))
        if len(self.received) >= self.awaited:
            self.arrived.set()
        return Response(status_code=self.answers.pop(0) if self.answers else 200)


@dataclass
class Server:
    """A running local Stripe."""

    base: str
    stripe: LocalStripe
    inbox: Inbox
    clock: HandClock
    state_dir: Path


def serve(app: ASGIApp) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 10
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    clock, inbox = HandClock(), Inbox()
    app = Starlette(routes=[Route("/webhooks", inbox.receive, methods=["POST"])])
    for base in serve(app):
        stripe = local_stripe(
            tmp_path / "stripe",
            secret_key=SECRET_KEY,
            webhook_secret=WEBHOOK_SECRET,
            webhook_url=f"{base}/webhooks",
            page_base=f"{base}/dev/stripe",
            clock=clock,
        )
        app.router.routes.append(Mount("/dev/stripe", stripe))
        yield Server(base, stripe, inbox, clock, tmp_path / "stripe")
        await stripe.courier.close()
        stripe.checkout.store.close()


@pytest.fixture(params=["local", "real"])
async def gateway(request: pytest.FixtureRequest, server: Server) -> AsyncIterator[StripeGateway]:
    """The gateway on the local Stripe; and, where STRIPE_TEST_KEY is set, on the real one."""
    if request.param == "real":
        key = os.environ.get("STRIPE_TEST_KEY")
        if not key:
            pytest.skip("STRIPE_TEST_KEY is not set")
        gateway = StripeGateway(key, WEBHOOK_SECRET)
    else:
        gateway = StripeGateway(SECRET_KEY, WEBHOOK_SECRET, api_base=f"{server.base}/dev/stripe")
    yield gateway
    await gateway.close()


@pytest.fixture
async def local_gateway(server: Server) -> AsyncIterator[StripeGateway]:
    gateway = StripeGateway(SECRET_KEY, WEBHOOK_SECRET, api_base=f"{server.base}/dev/stripe")
    yield gateway
    await gateway.close()


@pytest.fixture
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as client:
        yield client
