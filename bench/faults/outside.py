"""The outside: a Stripe and an n8n, in a process of their own with memory of their own. Never killed, at times slow."""

import asyncio
import os
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from capecontrol.adapters.n8n.local.app import local_n8n
from capecontrol.adapters.stripe.local.app import local_stripe
from capecontrol.core.clock import SystemClock
from dial import Dial

STRIPE_KEY = "sk_test_faults"
STRIPE_WEBHOOK_SECRET = "whsec_faults"
N8N_KEY = "n8n-key-of-the-fault-run"


class Slow:
    """Lets requests wait for as long as a dial says, before or after they are done.

    Every second answer is late in place of every second beginning: a caller that gives up must not know which.
    """

    def __init__(self, app: ASGIApp, dial: Dial) -> None:
        """Wrap an application."""
        self._app = app
        self._dial = dial
        self._count = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, late."""
        self._count += 1
        if self._count % 2:
            await asyncio.sleep(self._dial.read())
            await self._app(scope, receive, send)
            return

        async def send_late(message: Message) -> None:
            if message["type"] == "http.response.start":
                await asyncio.sleep(self._dial.read())
            await send(message)

        await self._app(scope, receive, send_late)


def run_outside(folder: Path, port: int, webhook_url: str) -> None:
    """Become the outside; never returns before a signal."""
    descriptor = os.open(folder / "outside.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(descriptor, sys.stdout.fileno())
    os.dup2(descriptor, sys.stderr.fileno())
    clock = SystemClock()
    stripe = local_stripe(
        folder / "stripe",
        secret_key=STRIPE_KEY,
        webhook_secret=STRIPE_WEBHOOK_SECRET,
        webhook_url=webhook_url,
        page_base=f"http://127.0.0.1:{port}/stripe",
        clock=clock,
    )
    n8n = local_n8n(folder / "n8n", N8N_KEY, clock)
    app = Starlette(
        routes=[
            Mount("/stripe", Slow(stripe, Dial(folder / "slow-stripe"))),
            Mount("/n8n", Slow(n8n, Dial(folder / "slow-n8n"))),
        ],
        lifespan=lambda _app: stripe.running(),
    )
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
