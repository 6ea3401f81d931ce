"""The inbox, by a provider that the product does not have: taken in once and applied once, whatever comes."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from sqlalchemy import text

from capecontrol.core.actor import Actor, Origin
from capecontrol.core.db.database import Database
from capecontrol.core.db.scope import OrganizationScope, PlatformScope
from capecontrol.core.inbox.dao import InboundEventDao
from capecontrol.core.inbox.inbox import applying, stored_webhook, take_in
from capecontrol.core.inbox.webhook import Provider, Webhook, WebhookStored
from capecontrol.core.outbox.batches import BATCH
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.outbox import Outbox
from capecontrol.core.outbox.registry import EventRegistry, Subscription
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory, Units
from capecontrol.main.settings import Settings
from tests.inbound_bodies import body_of
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import SYSTEM, People


class ParcelNewsStored(WebhookStored):
    topic: ClassVar[str] = "tests.parcel_news_stored.v1"


class OtherNewsStored(WebhookStored):
    topic: ClassVar[str] = "tests.other_news_stored.v1"


COURIER = Provider(name="courier", announces=ParcelNewsStored)
OTHER = Provider(name="other", announces=OtherNewsStored)


@dataclass
class Depot:
    """A feature that listens to the courier. Its effect is an audit event, beside which it can fail."""

    factory: UnitOfWorkFactory
    ports: Ports
    failures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        registry = EventRegistry([Subscription(ParcelNewsStored, "tests.apply_parcel_news", self.apply)])
        self.factory = replace(self.factory, events=Outbox(registry))
        self.drain = Drain(self.factory, registry, self.ports)

    async def apply(self, event: ParcelNewsStored, delivery: Delivery) -> None:
        stored = await stored_webhook(event, delivery)
        async with applying(event, delivery) as work:
            await work.record("parcel.moved", resource=("parcel", stored.external_id))
            if self.failures:
                raise RuntimeError(self.failures.pop())

    async def take_in(self, external_id: str, *, provider: Provider = COURIER, payload: bytes = b"{}") -> bool:
        units = Units(self.factory, Actor.anonymous(), None, Origin())
        return await take_in(units, provider, Webhook(external_id=external_id, type="moved", payload=payload))

    async def rows(self, statement: str) -> list[tuple[Any, ...]]:
        async with self.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            return [tuple(row) for row in await work.session.execute(text(statement))]

    async def bodies(self) -> list[tuple[str, bytes | None]]:
        async with self.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            rows = (await work.session.execute(text("select * from inbound_events order by external_id"))).mappings()
            return [(row["external_id"], body_of(row, self.factory.keyring)) for row in rows]

    async def moved(self) -> list[str]:
        return [row[0] for row in await self.rows("select resource_id from audit_events where action = 'parcel.moved'")]

    async def handled(self) -> list[tuple[Any, ...]]:
        return await self.rows("select external_id, handled_at is not null from inbound_events order by external_id")


@pytest.fixture
def depot(clean: None, factory: UnitOfWorkFactory, ports: Ports) -> Depot:
    return Depot(factory, ports)


async def test_what_was_taken_in_waits_to_be_applied_and_is(depot: Depot) -> None:
    assert await depot.take_in("news-1", payload=b"\x00\xff raw")
    assert await depot.rows("select provider, external_id, type, payload, org_id from inbound_events") == [
        ("courier", "news-1", "moved", b"\x00\xff raw", None)
    ]
    assert (await depot.handled(), await depot.moved()) == ([("news-1", False)], [])
    await depot.drain()
    assert (await depot.handled(), await depot.moved()) == ([("news-1", True)], ["news-1"])


async def test_a_repetition_changes_nothing_before_and_after_it_is_applied(depot: Depot) -> None:
    taken = [await depot.take_in("news-1"), await depot.take_in("news-1", payload=b"other")]
    await depot.drain()
    taken.append(await depot.take_in("news-1"))
    await depot.drain()
    assert taken == [True, False, False]
    assert await depot.bodies() == [("news-1", b"{}")]
    assert await depot.moved() == ["news-1"]


async def test_twenty_at_once_are_one(depot: Depot) -> None:
    taken = await asyncio.gather(*(depot.take_in("news-1") for _ in range(20)))
    assert sorted(taken) == [False] * 19 + [True]
    assert await depot.drain.pending() == ["tests.apply_parcel_news"]


async def test_one_that_is_rolled_back_leaves_its_key_to_the_next(depot: Depot) -> None:
    """Of two at once the first fails before its commit: the second waits for that, and is taken in."""
    is_stored, may_fail = asyncio.Event(), asyncio.Event()

    async def fail() -> None:
        async with depot.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            await InboundEventDao(work).store("courier", Webhook("news-1", "moved", b"{}"))
            is_stored.set()
            await may_fail.wait()
            raise RuntimeError("the connection broke")

    first = asyncio.create_task(fail())
    await is_stored.wait()
    second = asyncio.create_task(depot.take_in("news-1"))
    may_fail.set()
    with pytest.raises(RuntimeError):
        await first
    assert await second
    assert len(await depot.handled()) == 1


async def test_providers_number_their_events_each_for_itself(depot: Depot) -> None:
    assert await depot.take_in("1")
    assert await depot.take_in("1", provider=OTHER)
    assert await depot.drain.pending() == ["tests.apply_parcel_news"], "each is told to its own handlers"


async def test_an_effect_that_fails_leaves_the_webhook_unhandled_and_comes_again(depot: Depot) -> None:
    depot.failures.append("a full disk")
    await depot.take_in("news-1")
    await depot.drain()
    assert (await depot.handled(), await depot.moved()) == ([("news-1", False)], [])
    await depot.drain.make_due()
    await depot.drain()
    assert (await depot.handled(), await depot.moved()) == ([("news-1", True)], ["news-1"])


@pytest.mark.parametrize("filters_by_scope", [True, False], ids=["both layers", "row security alone"])
async def test_an_organization_sees_its_own_and_none_of_the_platforms(
    depot: Depot, people: People, settings: Settings, filters_by_scope: bool
) -> None:
    mine, others = await people.organization("Mine"), await people.organization("Others")
    async with depot.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        dao = InboundEventDao(work)
        ids = [
            await dao.store("courier", Webhook(name, "moved", b"{}", org_id=org_id))
            for name, org_id in (("mine", mine), ("others", others), ("nobody's", None))
        ]
    async with Database(settings.database_url.get_secret_value(), filters_by_scope=filters_by_scope) as database:
        factory = replace(depot.factory, database=database)
        async with factory.unit(SYSTEM, OrganizationScope(mine)) as work:
            found = [await InboundEventDao(work).get(identifier) for identifier in ids if identifier]
    assert [row.external_id if row else None for row in found] == ["mine", None, None]


async def test_the_body_of_an_applied_webhook_is_forgotten_after_ninety_days_and_its_key_never(
    depot: Depot, clock: MovingClock, drain: Drain
) -> None:
    await depot.take_in("news-1", payload=b"Thandi Nkosi")
    await depot.drain()
    clock.advance(timedelta(days=89))
    await drain.slot("core.forget_inbound_payloads")
    assert await depot.bodies() == [("news-1", b"Thandi Nkosi")]

    clock.advance(timedelta(days=2))
    await drain.slot("core.forget_inbound_payloads")
    assert await depot.rows("select provider, external_id, type, payload, handled_at is null from inbound_events") == [
        ("courier", "news-1", "moved", None, False)
    ]
    assert not await depot.take_in("news-1"), "a repetition is recognized still"


async def test_the_body_of_a_webhook_that_was_never_applied_is_kept(
    depot: Depot, clock: MovingClock, drain: Drain
) -> None:
    async with depot.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await InboundEventDao(work).store("courier", Webhook("stuck", "moved", b"{}"))
        await InboundEventDao(work).store("courier", Webhook("done", "moved", b"{}"), is_handled=True)
    clock.advance(timedelta(days=365))
    await drain.slot("core.forget_inbound_payloads")
    assert await depot.bodies() == [("done", None), ("stuck", b"{}")]


async def test_more_bodies_than_one_batch_holds_are_forgotten_in_one_go(
    depot: Depot, clock: MovingClock, drain: Drain
) -> None:
    async with depot.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(
            text(
                "insert into inbound_events (id, provider, external_id, type, payload, handled_at, created_at) "
                "select gen_random_uuid(), 'courier', 'news-' || n, 'moved', '{}', now(), now() "
                "from generate_series(1, :rows) n"
            ),
            {"rows": BATCH + 1},
        )
    clock.advance(timedelta(days=91))
    await drain.slot("core.forget_inbound_payloads")
    assert await depot.rows("select count(payload), count(*) from inbound_events") == [(0, BATCH + 1)]


async def test_the_body_of_an_applied_webhook_is_nowhere_to_be_read(depot: Depot, drain: Drain) -> None:
    """Also one that code of before the rings has applied: the schedule seals what that left open."""
    await depot.take_in("news-1", payload=b"Thandi Nkosi")
    await depot.drain()
    await depot.take_in("news-2", payload=b"Thandi Nkosi")
    await depot.rows("update inbound_events set handled_at = now() where external_id = 'news-2' returning id")
    await drain.slot("core.seal_inbound_payloads")
    kept = await depot.rows("select payload from inbound_events")
    assert [b"Thandi" in payload for (payload,) in kept] == [False, False]
    assert await depot.bodies() == [("news-1", b"Thandi Nkosi"), ("news-2", b"Thandi Nkosi")]


async def test_what_waits_can_be_applied_by_code_of_before_the_rings(depot: Depot) -> None:
    await depot.take_in("news-1", payload=b"{}")
    assert await depot.rows("select payload, is_sealed from inbound_events") == [(b"{}", False)]
