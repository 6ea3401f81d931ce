"""The API process: HTTP for browsers, apps and webhooks, and the pages."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from redis.asyncio import Redis
from starlette.middleware.cors import CORSMiddleware

from capecontrol.core.http.body_bounds import BodyBounds
from capecontrol.core.http.errors import install_error_handlers
from capecontrol.core.http.limits import check_names
from capecontrol.core.http.middleware import RequestContext
from capecontrol.core.ports import Ports
from capecontrol.core.processes import ProcessKind
from capecontrol.core.secret_keys.follower import RingFollower
from capecontrol.core.telemetry import configure_logging
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.business.interface import BusinessFollower
from capecontrol.features.live.streams import LiveStreams
from capecontrol.main.background import is_database_ours
from capecontrol.main.features import routers
from capecontrol.main.garbage import spare_what_stays
from capecontrol.main.heartbeat import Heartbeat, ProcessIdentity
from capecontrol.main.http import health
from capecontrol.main.http.connection import BOUNDS, ENDING, BoundedConnection, ConnectionBounds
from capecontrol.main.http.front_door import routes as front_door
from capecontrol.main.http.front_door.front_door import FrontDoor
from capecontrol.main.http.guides import routes as guides
from capecontrol.main.http.guides.library import Library
from capecontrol.main.http.guides.pages import GuidePages, Look
from capecontrol.main.http.openapi.app import DocumentedApp
from capecontrol.main.http.pages.facts import PageFacts
from capecontrol.main.http.pages.pages import Pages
from capecontrol.main.http.reference import routes as reference
from capecontrol.main.http.reference.reference import Reference
from capecontrol.main.metrics import serving_metrics
from capecontrol.main.release import VERSION
from capecontrol.main.settings import Settings
from capecontrol.main.system import provide_system
from capecontrol.main.wiring import build_factory, build_http_state, build_ports, build_redis

SIGN_IN_BODY_MAX = 16 * 1024
#: Where the front end is built, in a checkout and in the container image alike.
FRONT_END = Path(__file__).parents[4] / "frontend" / "dist"


def create_app(
    settings: Settings,
    *,
    factory: UnitOfWorkFactory | None = None,
    ports: Ports | None = None,
    lifespans: Sequence[Callable[[], AbstractAsyncContextManager[None]]] = (),
) -> FastAPI:
    """Build the application.

    Args:
        settings: the installation's.
        factory: what units of work share, when it is not what the settings say.
        ports: who fulfils the ports, likewise.
        lifespans: what runs as long as the server does.
    """
    factory = factory or build_factory(settings)
    ports = ports or build_ports(settings, factory)
    redis = build_redis(settings)
    ports.provide(Redis, redis)
    provide_system(ports, settings, factory, redis)
    heartbeat = Heartbeat(
        ProcessIdentity(ProcessKind.API, settings.build_commit),
        settings.redis_url.get_secret_value(),
        factory.database,
    )

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[dict[str, object]]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(redis.aclose)
            await stack.enter_async_context(heartbeat.beating())
            stack.enter_context(serving_metrics(settings, factory.database))
            for lifespan in lifespans:
                await stack.enter_async_context(lifespan())
            stack.push_async_callback(factory.database.close)
            await stack.enter_async_context(RingFollower(factory).following())
            await stack.enter_async_context(BusinessFollower(factory, ports).following())
            stack.push_async_callback(app.state.http.limiter.close)
            await stack.enter_async_context(app.state.http.blocked_attempts.recording())
            stack.push_async_callback(app.state.http.exports.close)
            streams = ports.get(LiveStreams)
            stack.push_async_callback(streams.aclose)
            bounds = ConnectionBounds(settings.request_head_seconds, settings.answer_seconds)
            yield {BOUNDS: bounds, ENDING: streams.end}

    app = DocumentedApp(
        title="CapeControl",
        version=VERSION,
        lifespan=life,
        docs_url=None,
        redoc_url=None,
        # The document is a route of ours, counted as all are.
        openapi_url=None,
        redirect_slashes=False,
    )
    ports.provide(Reference, Reference(app.openapi))
    app.state.http = build_http_state(settings, factory, ports, redis)
    included = (health.router, reference.router, front_door.router, guides.router, *routers())
    check_names(limit for router in included for limit in router.limits)
    for router in included:
        router.add_to(app)
    # Not mounted: a mount at the root would answer for the methods that the API does not offer.
    pages = Pages(FRONT_END, PageFacts(ports))
    ports.provide(Pages, pages)
    ports.provide(FrontDoor, FrontDoor(pages))
    library = Library()
    ports.provide(Library, library)
    ports.provide(GuidePages, GuidePages(library, lambda: Look(pages.document_style, pages.fonts)))
    app.router.default = pages
    install_error_handlers(app)
    if settings.cors_allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_allowed_origins,
            allow_credentials=True,
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=[
                "Authorization",
                "Content-Type",
                "Idempotency-Key",
                "If-Match",
                "Last-Event-ID",
                "X-CSRF-Token",
            ],
        )
    app.add_middleware(
        RequestContext,
        body=BodyBounds(
            settings.body_max_bytes,
            # Nothing about signing in is long, and all of it is open to anybody.
            size_max_below={"/api/auth/": SIGN_IN_BODY_MAX},
            seconds=settings.request_body_seconds,
        ),
        is_production=not settings.is_local,
    )
    return app


def served_app() -> FastAPI:
    """Build the application in a process that serves it."""
    settings = Settings()
    configure_logging(settings.log_level)
    app = create_app(settings)
    spare_what_stays()
    return app


def run(settings: Settings, served: Callable[[], FastAPI] = served_app) -> None:
    """Serve until told to stop; requests under way are finished.

    Args:
        settings: the installation's.
        served: builds the application in each process; a function of a module, since it is told them by its name.
    """
    configure_logging(settings.log_level)
    # Built before the wait, so that an incomplete setting is told at once and not when the database has come.
    app = served()
    if not is_database_ours(settings):
        return
    is_alone = settings.api_processes == 1
    uvicorn.run(
        app if is_alone else f"{served.__module__}:{served.__qualname__}",
        factory=not is_alone,
        workers=settings.api_processes,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=20,
        http=BoundedConnection,
        proxy_headers=bool(settings.forwarded_allow_ips),
        forwarded_allow_ips=settings.forwarded_allow_ips or None,
    )
