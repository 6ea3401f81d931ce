"""Webhooks that release 0.1.0 took in: before the upgrade, or beside this release while it was rolled out."""

import json
from datetime import timedelta
from typing import Any

import pytest

from capecontrol.core.ids import new_id
from capecontrol.core.inbox.jobs import KEEP_PAYLOADS
from tests.features.billing.conftest import Shop
from tests.features.billing.test_webhooks import event_of, inbox, send
from tests.moving_clock import MovingClock


async def take_in_as_before(shop: Shop, body: str) -> str:
    """Store and announce a webhook as release 0.1.0 does; return the row's id."""
    event, identifier = json.loads(body), str(new_id())
    await shop.rows(
        "insert into stripe_events (id, external_id, type, object_id, payload, received_at)"
        " values (:id, :external_id, :type, :object_id, :payload, now()) returning id",
        id=identifier,
        external_id=event["id"],
        type=event["type"],
        object_id=event["data"]["object"]["id"],
        payload=body.encode(),
    )
    await announce_as_before(shop, identifier)
    return identifier


async def announce_as_before(shop: Shop, identifier: str) -> None:
    await shop.rows(
        "insert into outbox (id, topic, consumer, payload, created_at) values (:id, 'billing.stripe_event_received.v1',"
        " 'billing.apply_stripe_event', cast(:payload as jsonb), now()) returning id",
        id=str(new_id()),
        payload=json.dumps({"org_id": None, "stripe_event_id": identifier}),
    )


async def paid_page(shop: Shop) -> str:
    opened = (await shop.checkout(await shop.approved())).json()
    await shop.pay(opened["url"])
    return str(opened["url"].rsplit("/", 1)[1])


async def copy_to_inbox(shop: Shop) -> None:
    """Carry over as the upgrade does."""
    await shop.rows(
        "insert into inbound_events (id, provider, external_id, type, payload, handled_at, created_at)"
        " select id, 'stripe', external_id, type, payload, handled_at, received_at from stripe_events returning id"
    )


@pytest.mark.parametrize("when", ["before the upgrade", "after it"])
async def test_one_that_was_on_its_way_is_applied_once(shop: Shop, when: str) -> None:
    body = event_of(await paid_page(shop), "checkout.session.completed", "evt_old")
    identifier = await take_in_as_before(shop, body)
    if when == "before the upgrade":
        await copy_to_inbox(shop)
    await shop.drain()
    assert await shop.drain.pending() == []
    ledger: dict[str, Any] = await shop.ledger()
    assert ([row[0] for row in ledger["intents"]], len(ledger["invoices"])) == (["SUCCEEDED"], 1)
    assert await inbox(shop) == [("stripe", "evt_old", "checkout.session.completed", body.encode(), True)]
    assert [str(row["id"]) for row in await shop.rows("select id from inbound_events")] == [identifier]


async def test_the_repetition_of_one_is_none_of_ours(shop: Shop) -> None:
    body = event_of("cs_test_1", "customer.updated", "evt_old")
    await take_in_as_before(shop, body)
    assert (await send(shop, body)).status_code == 200
    assert await inbox(shop) == []
    assert await shop.drain.pending() == ["billing.apply_stripe_event"]


async def test_one_that_came_to_both_releases_at_once_is_applied_by_one_of_them(shop: Shop) -> None:
    body = event_of(await paid_page(shop), "checkout.session.completed", "evt_both")
    await send(shop, body)
    await take_in_as_before(shop, body)
    await shop.drain()
    assert await shop.drain.pending() == []
    assert len(await inbox(shop)) == len((await shop.ledger())["invoices"]) == 1


async def test_one_that_is_nowhere_goes_to_the_dead_letters(shop: Shop) -> None:
    await announce_as_before(shop, str(new_id()))
    await shop.drain()
    [row] = await shop.rows("select dead_at is not null as is_dead, last_error from outbox")
    assert row == {"is_dead": True, "last_error": "the stored webhook is gone"}


async def test_the_bodies_of_those_that_were_applied_are_emptied_after_ninety_days(
    shop: Shop, clock: MovingClock
) -> None:
    applied = await take_in_as_before(shop, event_of(await paid_page(shop), "checkout.session.completed", "evt_old"))
    await shop.drain()
    waiting = await take_in_as_before(shop, event_of("cs_test_1", "checkout.session.completed", "evt_waits"))
    await shop.rows("update stripe_events set handled_at = null where id = :id returning id", id=waiting)
    await shop.rows("update stripe_events set handled_at = :at where id = :id returning id", id=applied, at=clock.now())

    async def with_a_body() -> set[str]:
        rows = await shop.rows("select id from stripe_events where octet_length(payload) > 0")
        return {str(row["id"]) for row in rows}

    clock.advance(KEEP_PAYLOADS - timedelta(minutes=1))
    await shop.drain.slot("billing.forget_stripe_payloads")
    assert await with_a_body() == {applied, waiting}
    clock.advance(timedelta(minutes=2))
    await shop.drain.slot("billing.forget_stripe_payloads")
    assert await with_a_body() == {waiting}
