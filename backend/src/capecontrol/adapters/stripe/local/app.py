"""The local Stripe as one ASGI app."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from capecontrol.adapters.stripe.local.api import Api
from capecontrol.adapters.stripe.local.checkout import CheckoutService
from capecontrol.adapters.stripe.local.deliveries import Courier
from capecontrol.adapters.stripe.local.page import Page
from capecontrol.adapters.stripe.local.store import Store
from capecontrol.core.clock import Clock


class LocalStripe:
    """An ASGI app, and the courier that runs beside it.

    ``async with stripe.running():`` around the server's life delivers webhooks, also those of the last run. (The
    lifespan of a mounted app is not run by the app that mounts it.)
    """

    def __init__(self, checkout: CheckoutService, courier: Courier, secret_key: str) -> None:
        """Join the checkout service with its two faces: the API and the page."""
        self.checkout = checkout
        self.courier = courier
        routes = [*Api(checkout, secret_key, courier.wake).routes(), *Page(checkout, courier.wake).routes()]
        self._app = Starlette(routes=routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        await self._app(scope, receive, send)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Deliver webhooks while the body runs; then stop and close everything."""
        courier = asyncio.create_task(self.courier.run(), name="local-stripe-courier")
        try:
            yield
        finally:
            courier.cancel()
            with suppress(asyncio.CancelledError):
                await courier
            await self.courier.close()
            self.checkout.store.close()


def local_stripe(
    state_dir: Path,
    *,
    secret_key: str,
    webhook_secret: str,
    webhook_url: str,
    page_base: str,
    clock: Clock,
    client: httpx.AsyncClient | None = None,
) -> LocalStripe:
    """Build the local Stripe.

    Args:
        state_dir: a folder of its own for its SQLite file.
        secret_key: what callers must show (``sk_test_…``).
        webhook_secret: what webhooks are signed with (``whsec_…``).
        webhook_url: where they go (``http://127.0.0.1:8000/api/webhooks/stripe``).
        page_base: where browsers find this app (``http://localhost:8000/dev/stripe``).
        clock: the clock of the installation, so that expiry can be tried.
        client: posts the webhooks; tests give one with a transport of their own.
    """
    if not secret_key or not webhook_secret:
        raise ValueError("the local Stripe needs a secret key and a webhook secret")
    if urlsplit(webhook_url).scheme not in ("http", "https"):
        raise ValueError("the webhook's address must be http or https")
    store = Store(state_dir)
    checkout = CheckoutService(store, clock, page_base.rstrip("/"))
    return LocalStripe(checkout, Courier(store, checkout, webhook_url, webhook_secret, client), secret_key)
