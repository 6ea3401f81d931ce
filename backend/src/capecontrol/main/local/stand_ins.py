"""What stands in for the outside in the local run: a mailbox, a Stripe, an n8n, a clock.

Called over HTTP like the real ones, and labelled; none of it exists in another environment than ``local`` and ``test``.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from capecontrol.adapters.email.local import LocalMailbox
from capecontrol.adapters.n8n.local.app import local_n8n
from capecontrol.adapters.stripe.local.app import LocalStripe, local_stripe
from capecontrol.core.clock import Clock
from capecontrol.core.ports import Ports
from capecontrol.main.local import mailbox
from capecontrol.main.settings import Settings


@dataclass(frozen=True, slots=True)
class StandIns:
    """The stand-ins of one API process."""

    settings: Settings
    mailbox: LocalMailbox
    stripe: LocalStripe | None
    n8n: ASGIApp | None

    @classmethod
    def of(cls, settings: Settings, clock: Clock) -> "StandIns":
        """Build those that the settings ask for."""
        home, loopback = settings.capecontrol_home, f"http://127.0.0.1:{settings.port}"
        stripe = n8n = None
        if settings.uses_local_stripe and settings.stripe_secret_key and settings.stripe_webhook_secret:
            stripe = local_stripe(
                home / "stripe",
                secret_key=settings.stripe_secret_key.get_secret_value(),
                webhook_secret=settings.stripe_webhook_secret.get_secret_value(),
                webhook_url=f"{loopback}/api/webhooks/stripe",
                page_base=f"{settings.public_url.rstrip('/')}/dev/stripe",
                clock=clock,
            )
        if settings.n8n_local_api_key is not None:
            n8n = local_n8n(home / "n8n", settings.n8n_local_api_key.get_secret_value(), clock)
        return cls(settings, LocalMailbox(home / "mailbox", settings.mail_from, clock), stripe, n8n)

    def join(self, app: FastAPI, ports: Ports) -> None:
        """Put them where people and the product find them."""
        ports.provide(LocalMailbox, self.mailbox)
        ports.provide(Settings, self.settings)
        app.include_router(mailbox.router.api)
        if self.stripe is not None:
            app.mount("/dev/stripe", self.stripe)
        if self.n8n is not None:
            app.router.routes.append(Route("/dev/n8n", _to_n8n))
            app.mount("/dev/n8n", self.n8n)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keep what works in the background running while the body runs."""
        async with AsyncExitStack() as stack:
            if self.stripe is not None:
                await stack.enter_async_context(self.stripe.running())
            yield


async def _to_n8n(_request: Request) -> Response:
    """Send who left the last slash out to the page."""
    return RedirectResponse("/dev/n8n/")
