"""The upgrade from 0.1.0 to the inbox: everything is carried over, 0.1.0 can go on beside it, and come back."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from capecontrol.core.ids import new_id
from capecontrol.main.database.migration import Migrator
from tests.servers import MIGRATING

BEFORE, AFTER = "20261121_0790", "20261121_0800"

#: What 0.1.0 does when it keeps a customer's id, and when it takes a webhook in.
INSERT_ORGANIZATION = """
insert into organizations (id, name, domain, plan, status, settings, stripe_customer_id, created_at, updated_at)
values (:id, :name, :name, 'FREE', 'ACTIVE', '{}', :customer_id, now(), now())
"""
INSERT_EVENT = """
insert into stripe_events (id, external_id, type, object_id, payload, received_at, handled_at)
values (:id, :external_id, 'checkout.session.completed', :object_id, :payload, now(), :handled_at)
"""
INSERT_MESSAGE = """
insert into outbox (id, topic, consumer, payload, created_at)
values (:id, :topic, :consumer, cast(:payload as jsonb), now())
"""


@dataclass
class Installation:
    """A database of 0.1.0, and what its processes do with it."""

    url: str

    @asynccontextmanager
    async def acting(self, role: str = "capecontrol_system", org_id: str = "") -> AsyncIterator[AsyncConnection]:
        engine = create_async_engine(self.url, poolclass=NullPool)
        async with engine.begin() as connection:
            await connection.execute(
                text("select set_config('role', :role, true), set_config('app.org_id', :org_id, true)"),
                {"role": role, "org_id": org_id},
            )
            yield connection
        await engine.dispose()

    async def do(self, statement: str, **values: object) -> None:
        async with self.acting() as connection:
            await connection.execute(text(statement), values)

    async def rows(self, statement: str) -> list[tuple[Any, ...]]:
        async with self.acting() as connection:
            return [tuple(row) for row in await connection.execute(text(statement))]

    async def organization(self, name: str, customer_id: str | None) -> str:
        identifier = str(new_id())
        await self.do(INSERT_ORGANIZATION, id=identifier, name=name, customer_id=customer_id)
        return identifier

    async def event(self, external_id: str, *, is_handled: bool = True) -> str:
        """A webhook that 0.1.0 took in, and its message."""
        identifier, page = str(new_id()), f"cs_{external_id}"
        moment = (await self.rows("select now()"))[0][0]
        await self.do(
            INSERT_EVENT,
            id=identifier,
            external_id=external_id,
            object_id=page,
            payload=json.dumps({"id": external_id, "data": {"object": {"id": page}}, "note": "a\0b"}).encode(),
            handled_at=moment if is_handled else None,
        )
        await self.do(
            INSERT_MESSAGE,
            id=str(new_id()),
            topic="billing.stripe_event_received.v1",
            consumer="billing.apply_stripe_event",
            payload=json.dumps({"org_id": None, "stripe_event_id": identifier}),
        )
        return identifier

    async def migrate(self, to: str) -> None:
        await Migrator(self.url).migrate(MIGRATING, to=to)


OLD_EVENTS = "select id, external_id, type, payload, received_at, handled_at from stripe_events order by id"
NEW_EVENTS = (
    "select id, external_id, type, payload, created_at, handled_at from inbound_events"
    " where provider = 'stripe' and org_id is null order by id"
)


@pytest.fixture
async def installation(empty_database: str) -> Installation:
    """0.1.0 with two paying customers and one who never paid, a webhook that was applied and one that waits."""
    installation = Installation(empty_database)
    await installation.migrate(BEFORE)
    for name, customer_id in (("acme", "cus_acme"), ("zenith", "cus_zenith"), ("free", None)):
        await installation.organization(name, customer_id)
    await installation.event("evt_applied")
    await installation.event("evt_waiting", is_handled=False)
    return installation


async def test_everything_is_carried_over_under_its_id_and_stays_where_it_was(installation: Installation) -> None:
    events = await installation.rows(OLD_EVENTS)
    customers = await installation.rows(
        "select id, stripe_customer_id from organizations where stripe_customer_id is not null order by id"
    )
    await installation.migrate(AFTER)
    assert len(events) == 2
    assert await installation.rows(NEW_EVENTS) == events == await installation.rows(OLD_EVENTS)
    assert len(customers) == 2
    assert customers == await installation.rows(
        "select org_id, customer_id from provider_customers where provider = 'stripe' order by org_id"
    )


async def test_the_release_before_goes_on_beside_it(installation: Installation) -> None:
    """0.1.0's processes take webhooks in and keep customers' ids until the last of them is replaced."""
    await installation.migrate(AFTER)
    await installation.event("evt_later", is_handled=False)
    identifier = await installation.organization("later", None)
    async with installation.acting("capecontrol_runtime", identifier) as connection:
        changed = await connection.execute(
            text("update organizations set stripe_customer_id = 'cus_later' where stripe_customer_id is null")
        )
    assert changed.rowcount == 1
    assert len(await installation.rows(OLD_EVENTS)) == 3


async def test_going_back_loses_nothing_that_came_in_since(installation: Installation) -> None:
    await installation.migrate(AFTER)
    identifier, page = str(new_id()), "cs_since"
    payload = json.dumps({"data": {"object": {"id": page}}, "note": "a\0b"}).encode()
    await installation.do(
        "insert into inbound_events (id, provider, external_id, type, payload, created_at)"
        " values (:id, 'stripe', 'evt_since', 'checkout.session.completed', :payload, now())",
        id=identifier,
        payload=payload,
    )
    await installation.do(
        INSERT_MESSAGE,
        id=str(new_id()),
        topic="billing.stripe_webhook_stored.v1",
        consumer="billing.apply_stripe_webhook",
        payload=json.dumps({"org_id": None, "inbound_event_id": identifier}),
    )
    await installation.do("update inbound_events set handled_at = created_at where external_id = 'evt_waiting'")
    await installation.do(
        "insert into provider_customers (org_id, provider, customer_id, created_at)"
        " select id, 'stripe', 'cus_since', now() from organizations where name = 'free'"
    )
    await installation.migrate(BEFORE)
    assert await installation.rows(
        "select external_id, object_id, handled_at is not null from stripe_events order by external_id"
    ) == [("evt_applied", "cs_evt_applied", True), ("evt_since", page, False), ("evt_waiting", "cs_evt_waiting", True)]
    assert await installation.rows("select payload from stripe_events where external_id = 'evt_since'") == [(payload,)]
    assert await installation.rows("select name, stripe_customer_id from organizations order by name") == [
        ("acme", "cus_acme"),
        ("free", "cus_since"),
        ("zenith", "cus_zenith"),
    ]
    assert await installation.rows(
        "select count(*) from outbox o join stripe_events e on e.id = cast(o.payload ->> 'stripe_event_id' as uuid)"
        " where consumer = 'billing.apply_stripe_event' and topic = 'billing.stripe_event_received.v1'"
    ) == [(3,)]
    await installation.migrate(AFTER)
    assert len(await installation.rows(NEW_EVENTS)) == 3
