"""Webhooks: verified, stored once, applied once whatever their order and number."""

import asyncio
import itertools
import json
import time
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
import stripe as stripe_sdk

from capecontrol.adapters.stripe.gateway import StripeGateway
from capecontrol.adapters.stripe.local.objects import CheckoutSession
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.outbox.registry import SlotDue
from capecontrol.core.ports import Ports
from capecontrol.features.billing.dao.intents import SILENCE
from capecontrol.features.billing.ports import PaymentGateway
from tests.features.billing.conftest import WEBHOOK_SECRET, Shop
from tests.inbound_bodies import body_of
from tests.moving_clock import MovingClock
from tests.people import SYSTEM

PATH = "/api/webhooks/stripe"


def event_of(session_id: str, kind: str, event_id: str) -> str:
    return json.dumps(
        {
            "id": event_id,
            "object": "event",
            "type": kind,
            "created": int(time.time()),
            "data": {"object": {"id": session_id, "object": "checkout.session"}},
        }
    )


def sign(body: str, at: datetime, secret: str = WEBHOOK_SECRET) -> dict[str, str]:
    signature = stripe_sdk.WebhookSignature.generate_signature_header(body, secret, int(at.timestamp()))
    return {"Stripe-Signature": signature, "Content-Type": "application/json"}


async def send(shop: Shop, body: str, **changes: Any) -> httpx.Response:
    headers = sign(body, changes.get("at") or shop.factory.clock.now(), changes.get("secret", WEBHOOK_SECRET))
    return await shop.people.stranger().http.post(PATH, content=changes.get("sent", body), headers=headers)


async def inbox(shop: Shop) -> list[tuple[Any, ...]]:
    """What was taken in: provider, its id and type of the event, the raw body, and whether it was applied."""
    statement = "select *, handled_at is not null as is_handled from inbound_events order by id"
    return [
        (row["provider"], row["external_id"], row["type"], body_of(row, shop.factory.keyring), row["is_handled"])
        for row in await shop.rows(statement)
    ]


async def test_an_event_is_stored_before_it_is_answered_and_once(shop: Shop) -> None:
    body = event_of("cs_test_1", "checkout.session.completed", "evt_1")
    assert (await send(shop, body)).status_code == 200
    assert (await send(shop, body)).status_code == 200
    assert (await shop.drain.pending(), await inbox(shop)) == (
        ["billing.apply_stripe_webhook"],
        [("stripe", "evt_1", "checkout.session.completed", body.encode(), False)],
    )


async def test_twenty_repetitions_at_once_are_one(shop: Shop) -> None:
    body = event_of("cs_test_1", "checkout.session.completed", "evt_1")
    answers = await asyncio.gather(*(send(shop, body) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(await inbox(shop)) == 1
    assert await shop.drain.pending() == ["billing.apply_stripe_webhook"]
    received = await shop.rows(
        "select actor_type, actor_label, metadata from audit_events where action = 'stripe_event.received'"
    )
    assert received == [
        {
            "actor_type": "SYSTEM",
            "actor_label": "stripe",
            "metadata": {"type": "checkout.session.completed", "external_id": "evt_1"},
        }
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"secret": "whsec_other"},
        {"sent": event_of("cs_test_1", "checkout.session.completed", "evt_2")},
        {"sent": ""},
        {"seconds": -360},
        {"seconds": 360},
    ],
)
async def test_a_bad_or_stale_or_future_signature_changes_nothing(shop: Shop, changes: dict[str, Any]) -> None:
    body = event_of("cs_test_1", "checkout.session.completed", "evt_1")
    if "seconds" in changes:
        changes = {"at": shop.factory.clock.now() + timedelta(seconds=changes["seconds"])}
    answer = await send(shop, body, **changes)
    assert (answer.status_code, answer.json()["type"]) == (400, "webhooks/bad-signature")
    assert await inbox(shop) == []


@pytest.mark.parametrize("signature", ["", "nonsense", "t=1,v1=ü".encode("latin-1").decode("latin-1"), "x" * 5000])
async def test_a_malformed_signature_is_refused(shop: Shop, signature: str) -> None:
    headers = {b"Stripe-Signature": signature.encode("latin-1")}
    answer = await shop.people.stranger().http.post(PATH, content=b"{}", headers=headers)
    assert answer.status_code == 400


@pytest.mark.parametrize("body", ["not json", "[]", '"text"', '{"object": "event", "id": "evt", "a": "\\u0000"}'])
async def test_a_signed_body_that_is_no_event_is_refused(shop: Shop, body: str) -> None:
    assert (await send(shop, body)).status_code == 400
    assert await inbox(shop) == []


async def test_a_signed_event_with_a_nul_is_kept(shop: Shop) -> None:
    body = event_of("cs_test_1", "customer.updated", "evt_nul").replace('"checkout.session"', '"a\\u0000b"')
    assert (await send(shop, body)).status_code == 200
    await shop.drain()


async def test_other_events_are_kept_and_left_alone(shop: Shop, ports: Ports) -> None:
    """Also at a provider that is away: nothing is asked about them."""
    ports.provide(PaymentGateway, broken_gateway())
    body = event_of("ch_1", "charge.refunded", "evt_1")
    assert (await send(shop, body)).status_code == 200
    await shop.drain()
    assert await inbox(shop) == [("stripe", "evt_1", "charge.refunded", body.encode(), True)]
    assert await shop.drain.pending() == []


async def test_a_page_of_somebody_else_is_left_alone(shop: Shop) -> None:
    with shop.stripe.checkout.store.writing():
        session = CheckoutSession(
            id="cs_test_foreign", created=1, amount_subtotal=1, amount_total=1, currency="zar",
            expires_at=int(time.time()) + 3600, success_url="http://a", url="http://a", lines=[],
        )  # fmt: skip
        shop.stripe.checkout.store.put(session)
    await send(shop, event_of("cs_test_foreign", "checkout.session.completed", "evt_1"))
    await shop.drain()
    assert await shop.drain.pending() == []
    assert await shop.rows("select id from payments") == []


KINDS = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.expired",
)


async def test_every_order_and_number_of_events_comes_to_the_same_ledger(shop: Shop) -> None:
    """All orders of three events of one page, each twice under its own id, worked off one by one or all at the end."""
    ledgers = set()
    orders = list(itertools.permutations(KINDS))
    for round_number, order in enumerate(orders):
        proposal = await shop.approved()
        opened = (await shop.checkout(proposal)).json()
        session_id = opened["url"].rsplit("/", 1)[1]
        await shop.pay(opened["url"])
        events = [event_of(session_id, kind, f"evt_round_{round_number}_{KINDS.index(kind)}") for kind in order]
        # The repetitions at once, or after all others.
        doubled = [event for event in events for _ in range(2)] if round_number % 2 else events * 2
        for event in doubled:
            assert (await send(shop, event)).status_code == 200
            if round_number in (0, 1, 4):
                await shop.drain()
        await shop.drain()
        ours = [row for row in await inbox(shop) if row[1].startswith(f"evt_round_{round_number}_")]
        assert len(ours) == len(KINDS)
        invoices = await shop.rows("select status, total from invoices where proposal_id = :id", id=proposal["id"])
        payments = await shop.rows(
            "select p.status, p.amount from payments p join payment_intents i on i.id = p.payment_intent_id"
            " where i.proposal_id = :id",
            id=proposal["id"],
        )
        intents = await shop.rows("select status from payment_intents where proposal_id = :id", id=proposal["id"])
        ledgers.add(repr((invoices, payments, intents)))
        await shop.settle()
    assert len(ledgers) == 1
    numbers = [row["sequence"] for row in await shop.rows("select sequence from invoices order by sequence")]
    assert numbers == list(range(1, len(orders) + 1))
    assert len(await shop.mails("Payment received")) == len(orders)


async def test_an_expired_event_that_comes_after_the_payment_takes_nothing_back(shop: Shop) -> None:
    proposal = await shop.approved()
    opened = (await shop.checkout(proposal)).json()
    await shop.pay(opened["url"])
    session_id = opened["url"].rsplit("/", 1)[1]
    await send(shop, event_of(session_id, "checkout.session.expired", "evt_0"))
    await shop.settle()
    assert (await shop.ledger())["intents"] == [("SUCCEEDED",)]


async def test_an_early_event_before_the_money_changes_nothing(shop: Shop) -> None:
    """The event says completed; the page, asked, says open: the page is believed."""
    proposal = await shop.approved()
    opened = (await shop.checkout(proposal)).json()
    await send(shop, event_of(opened["url"].rsplit("/", 1)[1], "checkout.session.completed", "evt_0"))
    await shop.drain()
    assert (await shop.ledger())["intents"] == [("CHECKOUT_OPEN",)]
    assert (await shop.ledger())["payments"] == []


@pytest.mark.parametrize("column", ["amount", "currency"])
async def test_what_does_not_fit_is_kept_and_never_accepted(shop: Shop, column: str) -> None:
    proposal = await shop.approved()
    opened = (await shop.checkout(proposal)).json()
    # Somebody opened a page of another amount under our id: as if our own record and the page had come apart.
    await shop.rows(
        "update payment_intents set amount = amount + 1 returning id"
        if column == "amount"
        else "update payment_intents set currency = 'USD' returning id"
    )
    await shop.pay(opened["url"])
    await shop.settle()
    ledger = await shop.ledger()
    assert ledger["invoices"] == []
    assert [row[0] for row in ledger["payments"]] == ["UNAPPLIED"]
    assert ledger["intents"] == [("FAILED",)]
    assert ledger["projects"] == [("APPROVED",)]
    [audited] = await shop.rows("select outcome from audit_events where action = 'payment.unapplied'")
    assert audited["outcome"] == "FAILURE"
    refused = await shop.checkout(proposal)
    assert refused.status_code == 409, "nobody pays twice while we look into it"


async def test_a_page_that_was_asked_about_is_left_alone_for_a_while(shop: Shop, clock: MovingClock) -> None:
    """The schedule's slot comes every minute; a silent page is asked about every two."""
    asked = "select count(*) as times from outbox where consumer = 'billing.check_checkout'"
    await shop.checkout(await shop.approved())
    counts = []
    for _ in range(4):
        clock.advance(SILENCE / 2 + timedelta(seconds=1))
        await reconcile(shop)
        counts += [row["times"] for row in await shop.rows(asked)]
    assert counts == [0, 1, 1, 2]


async def reconcile(shop: Shop) -> None:
    """Let the schedule's slot come."""
    async with shop.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        work.session.add(
            OutboxMessage(
                topic=SlotDue.topic,
                consumer="billing.reconcile_checkouts",
                payload=SlotDue(slot=1).model_dump(mode="json"),
                created_at=work.now(),
            )
        )
    await shop.drain()


async def test_a_webhook_that_never_comes_is_asked_for(shop: Shop, clock: MovingClock) -> None:
    opened = (await shop.checkout(await shop.approved())).json()
    await shop.pay(opened["url"])
    await reconcile(shop)
    assert (await shop.ledger())["invoices"] == [], "too early to ask"
    clock.advance(SILENCE + timedelta(seconds=1))
    await reconcile(shop)
    ledger = await shop.ledger()
    assert len(ledger["invoices"]) == 1
    # And the late webhook does no harm.
    await shop.settle()
    assert await shop.ledger() == ledger


async def test_an_expiry_that_nobody_told_is_found_out(shop: Shop, clock: MovingClock) -> None:
    await shop.checkout(await shop.approved())
    clock.advance(timedelta(hours=24))
    await reconcile(shop)
    assert (await shop.ledger())["intents"] == [("EXPIRED",)]


async def test_a_provider_that_is_away_is_asked_again_later(shop: Shop, ports: Ports, clock: MovingClock) -> None:
    opened = (await shop.checkout(await shop.approved())).json()
    await shop.pay(opened["url"])
    ports.provide(PaymentGateway, broken_gateway())
    clock.advance(SILENCE + timedelta(seconds=1))
    await reconcile(shop)
    assert await shop.drain.pending() == []
    assert (await shop.ledger())["invoices"] == []
    ports.provide(PaymentGateway, shop.gateway)
    clock.advance(SILENCE + timedelta(seconds=1))
    await reconcile(shop)
    assert len((await shop.ledger())["invoices"]) == 1


async def test_a_click_while_the_provider_is_away_charges_nothing_and_goes_on_later(shop: Shop, ports: Ports) -> None:
    proposal = await shop.approved()
    ports.provide(PaymentGateway, broken_gateway())
    refused = await shop.checkout(proposal)
    assert (refused.status_code, refused.json()["type"]) == (502, "billing/provider-failed")
    assert (await shop.ledger())["intents"] == [("CREATED",)]
    ports.provide(PaymentGateway, shop.gateway)
    assert (await shop.checkout(proposal)).status_code == 201
    assert (await shop.ledger())["intents"] == [("CHECKOUT_OPEN",)]


async def test_a_crash_after_the_page_was_opened_goes_on_with_the_same_page(shop: Shop, clock: MovingClock) -> None:
    proposal = await shop.approved()
    first = (await shop.checkout(proposal)).json()
    await shop.rows(
        "update payment_intents set status = 'CREATED', checkout_session_id = null, checkout_url = null returning id"
    )
    clock.advance(timedelta(minutes=10))
    second = (await shop.checkout(proposal)).json()
    assert second == first


async def test_a_webhook_that_is_faster_than_our_commit_finds_its_intent(shop: Shop) -> None:
    opened = (await shop.checkout(await shop.approved())).json()
    await shop.pay(opened["url"])
    await shop.rows(
        "update payment_intents set status = 'CREATED', checkout_session_id = null, checkout_url = null returning id"
    )
    await shop.settle()
    ledger = await shop.ledger()
    assert ledger["intents"] == [("SUCCEEDED",)]
    assert len(ledger["invoices"]) == 1


def broken_gateway() -> StripeGateway:
    transport = httpx.MockTransport(lambda _: httpx.Response(503))
    return StripeGateway("sk_test", WEBHOOK_SECRET, transport=transport)
