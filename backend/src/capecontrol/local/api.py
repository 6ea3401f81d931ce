"""The API process of the local run: the product's application, and beside it what stands in for the outside.

A mailbox, a Stripe, an n8n, a clock: called over HTTP like the real ones, and labelled. None of it exists in another
environment than ``local`` and ``test``.
"""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from capecontrol.adapters.clock.local import LocalClock
from capecontrol.adapters.email.local import LocalMailbox
from capecontrol.adapters.n8n.local.app import local_n8n
from capecontrol.adapters.stripe.local.app import LocalStripe, local_stripe
from capecontrol.core.clock import Clock
from capecontrol.core.ports import Ports
from capecontrol.core.telemetry import configure_logging
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.local import mailbox
from capecontrol.local.known_hosts import KnownHosts
from capecontrol.local.wiring import build_clock, build_factory, build_mailbox, build_ports
from capecontrol.main import api
from capecontrol.main.garbage import spare_what_stays
from capecontrol.main.settings import Settings


def create_app(settings: Settings, *, factory: UnitOfWorkFactory | None = None, ports: Ports | None = None) -> FastAPI:
    """Build the application with its stand-ins. Tests may give their own factory and ports."""
    factory = factory or build_factory(settings)
    ports = ports or build_ports(settings, factory)
    stripe, n8n = _stripe(settings, factory.clock), _n8n(settings, factory.clock)
    lifespans = [] if stripe is None else [stripe.running]
    app = api.create_app(settings, factory=factory, ports=ports, lifespans=lifespans)
    ports.provide(LocalMailbox, build_mailbox(settings, factory.clock))
    ports.provide(LocalClock, build_clock(settings))
    mailbox.router.add_to(app)
    if stripe is not None:
        app.mount("/dev/stripe", stripe)
    if n8n is not None:
        app.router.routes.append(Route("/dev/n8n", _to_n8n))
        app.mount("/dev/n8n", n8n)
    app.add_middleware(KnownHosts, addresses=(settings.public_url, settings.callback_url or settings.public_url))
    return app


def served_app() -> FastAPI:
    """Build the application in a process that serves it."""
    settings = Settings()
    configure_logging(settings.log_level)
    app = create_app(settings)
    spare_what_stays()
    return app


def run(settings: Settings) -> None:
    """Serve until told to stop; requests under way are finished."""
    api.run(settings, served_app)


def _stripe(settings: Settings, clock: Clock) -> LocalStripe | None:
    is_asked_for = (settings.stripe_api_base or "").rstrip("/").endswith("/dev/stripe")
    if not is_asked_for or settings.stripe_secret_key is None or settings.stripe_webhook_secret is None:
        return None
    return local_stripe(
        settings.capecontrol_home / "stripe",
        secret_key=settings.stripe_secret_key.get_secret_value(),
        webhook_secret=settings.stripe_webhook_secret.get_secret_value(),
        webhook_url=f"http://127.0.0.1:{settings.port}/api/webhooks/stripe",
        page_base=f"{settings.public_url.rstrip('/')}/dev/stripe",
        clock=clock,
    )


def _n8n(settings: Settings, clock: Clock) -> ASGIApp | None:
    if settings.n8n_local_api_key is None:
        return None
    return local_n8n(settings.capecontrol_home / "n8n", settings.n8n_local_api_key.get_secret_value(), clock)


async def _to_n8n(_request: Request) -> Response:
    """Send who left the last slash out to the page."""
    return RedirectResponse("/dev/n8n/")
