"""The world of the security tests, and an application with routes of the tests' own on the product's contract."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Annotated

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from starlette.responses import JSONResponse

from capecontrol.core.http import RequestBody, ResponseBody, Router, provided, public, requires, requires_units
from capecontrol.core.http.body_bounds import BodyBounds
from capecontrol.core.http.errors import install_error_handlers
from capecontrol.core.http.limits import RateLimiter
from capecontrol.core.http.middleware import RequestContext
from capecontrol.core.ports import Ports
from capecontrol.core.problems import NotFound, Unavailable
from capecontrol.core.work import UnitOfWork, UnitOfWorkFactory, Units
from capecontrol.features.projects.permissions import PROJECTS_CREATE, PROJECTS_READ
from capecontrol.main.settings import Settings
from capecontrol.main.wiring import build_http_state, build_redis
from tests.client import Client
from tests.core.http.probes import ROUTERS
from tests.key_store import KeyStore
from tests.security.conftest import callers, empty, fake_services, store, world
from tests.security.world import World

__all__ = ["callers", "empty", "fake_services", "store", "world"]


#: Parents whose rows a trigger refuses at the commit, with an error that is told otherwise than the foreign key's.
SERIALIZATION_FAILURE, TAKEN = -40001, -23505
REFUSE_AT_COMMIT = """
create function refuse_probe() returns trigger language plpgsql as $$
begin
  if new.parent = -40001 then raise exception 'moved' using errcode = '40001'; end if;
  if new.parent = -23505 then raise exception 'taken' using errcode = '23505'; end if;
  return null;
end $$
"""


class Note(RequestBody):
    parent: int


class Made(ResponseBody):
    parent: int


probe = Router("probe")

#: Which note the stalled probe refuses.
REFUSED = 404


@probe.post("/api/probe", operation_id="make_probe", summary="Insert a row that the commit refuses", status_code=201)
async def make_probe(body: Note, work: Annotated[UnitOfWork, requires(PROJECTS_CREATE)]) -> Made:
    await work.session.execute(text("insert into probe (parent) values (:parent)"), {"parent": body.parent})
    return Made(parent=body.parent)


@probe.post("/api/probe/phases", operation_id="make_probe_in_phases", summary="The same, in a units", status_code=201)
async def make_probe_in_phases(body: Note, units: Annotated[Units, requires_units(PROJECTS_CREATE)]) -> Made:
    async with units.open() as work:
        await work.session.execute(text("insert into probe (parent) values (:parent)"), {"parent": body.parent})
    return Made(parent=body.parent)


class Stall:
    """Holds the first who comes until they may go on, and counts all."""

    def __init__(self) -> None:
        self.came = 0
        self.is_reached, self.may_go_on = asyncio.Event(), asyncio.Event()

    async def hold(self) -> None:
        self.came += 1
        self.is_reached.set()
        if self.came == 1:
            await self.may_go_on.wait()


@probe.post("/api/probe/stall", operation_id="stall_probe", summary="Work in phases until told", status_code=201)
async def stall_probe(
    body: Note, _units: Annotated[Units, public(csrf=False)], stall: Annotated[Stall, provided(Stall)]
) -> Made:
    await stall.hold()
    if body.parent == REFUSED:
        raise NotFound()
    return Made(parent=body.parent)


def _refused_first(stall: Stall) -> JSONResponse:
    """Return a refusal to the first who comes, in place of raising it."""
    stall.came += 1
    return JSONResponse({"came": stall.came}, 409 if stall.came == 1 else 201)


@probe.post("/api/probe/returned", operation_id="return_refusal", summary="Return a refusal, once", status_code=201)
async def return_refusal(
    _work: Annotated[UnitOfWork, requires(PROJECTS_CREATE)], stall: Annotated[Stall, provided(Stall)]
) -> JSONResponse:
    return _refused_first(stall)


@probe.post(
    "/api/probe/returned-in-phases", operation_id="return_refusal_in_phases", summary="The same", status_code=201
)
async def return_refusal_in_phases(
    _units: Annotated[Units, requires_units(PROJECTS_CREATE)], stall: Annotated[Stall, provided(Stall)]
) -> JSONResponse:
    return _refused_first(stall)


@probe.post(
    "/api/probe/halfway", operation_id="fail_halfway", summary="Make one thing, then fail once", status_code=201
)
async def fail_halfway(
    body: Note, units: Annotated[Units, requires_units(PROJECTS_CREATE)], stall: Annotated[Stall, provided(Stall)]
) -> Made:
    async with units.open() as work:
        made = text("insert into probe_made values (:id, :note) on conflict do nothing")
        await work.session.execute(made, {"id": units.operation_id, "note": body.parent})
    stall.came += 1
    if stall.came == 1:
        raise Unavailable()
    return Made(parent=body.parent)


@probe.post("/api/probe/held", operation_id="hold_probe", summary="Insert a row, wait, and answer", status_code=201)
async def hold_probe(
    body: Note, work: Annotated[UnitOfWork, requires(PROJECTS_CREATE)], stall: Annotated[Stall, provided(Stall)]
) -> Made:
    await work.session.execute(text("insert into probe (parent) values (:parent)"), {"parent": body.parent})
    await stall.hold()
    return Made(parent=body.parent)


@probe.post("/api/probe/swallowed", operation_id="swallow_probe", summary="Ignore a refusal", status_code=201)
async def swallow_probe(body: Note, work: Annotated[UnitOfWork, requires(PROJECTS_CREATE)]) -> Made:
    await work.session.execute(text("insert into probe (parent) values (:parent)"), {"parent": body.parent})
    with suppress(DBAPIError):
        await work.transaction.connection.execute(text("select 1/0"))
    return Made(parent=body.parent)


@probe.get("/api/probe/count", operation_id="count_probe", summary="Ask the database")
async def count_probe(work: Annotated[UnitOfWork, requires(PROJECTS_READ)]) -> Made:
    return Made(parent=(await work.session.execute(text("select count(*) from probe"))).scalar_one())


@probe.get("/api/probe/broken", operation_id="break_probe", summary="Fail")
async def break_probe(_units: Annotated[Units, public()]) -> Made:
    raise RuntimeError("a secret detail of the inside")


async def operators_client(probed: FastAPI, world: World) -> Client:
    """An operator's client of the application with probes, which gives out no CSRF pair of its own."""
    client = Client(probed, world.operator.client.token)
    pair = await world.people.stranger().csrf()
    client.http.cookies.set("csrftoken", pair)
    client.http.headers["X-CSRF-Token"] = pair
    return client


@pytest.fixture
def stall(ports: Ports) -> Stall:
    """What the stalled probe waits for."""
    stall = Stall()
    ports.provide(Stall, stall)
    return stall


@pytest.fixture(scope="module")
async def probe_tables(world: World) -> AsyncIterator[None]:
    """Tables of the probes: a foreign key that is checked at the end makes a commit fail."""
    await world.owner_sql("create table probe_parents (id int primary key)")
    await world.owner_sql("insert into probe_parents values (1), (-40001), (-23505)")
    await world.owner_sql("create table probe (parent int references probe_parents (id) deferrable initially deferred)")
    await world.owner_sql(REFUSE_AT_COMMIT)
    await world.owner_sql(
        "create constraint trigger refused after insert on probe deferrable initially deferred "
        "for each row execute function refuse_probe()"
    )
    await world.owner_sql("create table probe_made (id uuid primary key, note int)")
    await world.owner_sql("grant select, insert on probe, probe_parents, probe_made to capecontrol_system")
    yield
    await world.owner_sql("drop table probe, probe_parents, probe_made")
    await world.owner_sql("drop function refuse_probe")


@asynccontextmanager
async def probed_app(settings: Settings, factory: UnitOfWorkFactory, ports: Ports) -> AsyncIterator[FastAPI]:
    """Build an application of the probes."""
    app, redis = FastAPI(redirect_slashes=False), build_redis(settings)
    app.state.http = build_http_state(settings, factory, ports, redis)
    probe.add_to(app)
    install_error_handlers(app)
    app.add_middleware(RequestContext, body=BodyBounds(settings.body_max_bytes), is_production=True)
    yield app
    await redis.aclose()


@pytest.fixture(scope="module")
async def probed(
    probe_tables: None, settings: Settings, factory: UnitOfWorkFactory, ports: Ports
) -> AsyncIterator[FastAPI]:
    """An application whose commits can be made to fail."""
    async with probed_app(settings, factory, ports) as app:
        yield app


@pytest.fixture(scope="module")
async def surfaces(
    world: World, store: KeyStore, settings: Settings, factory: UnitOfWorkFactory, ports: Ports
) -> AsyncIterator[FastAPI]:
    """An application with routes of the tests' own on every surface, where limits count."""
    app, redis = FastAPI(redirect_slashes=False), build_redis(settings)
    # A limiter that waits for Redis however busy the machine is: its own count would be a stricter one.
    limiter = RateLimiter(redis, deadline_seconds=60)
    app.state.http = replace(build_http_state(settings, factory, ports, redis), limiter=limiter)
    for router in ROUTERS:
        router.add_to(app)
    install_error_handlers(app)
    app.add_middleware(RequestContext, body=BodyBounds(settings.body_max_bytes), is_production=True)
    yield app
    await limiter.close()
    await redis.aclose()
