"""The edges of money: what should not happen, and what becomes of it when it does."""

import asyncio
import json
import uuid
from datetime import timedelta
from typing import Any

import httpx
import pytest

from capecontrol.adapters.stripe.gateway import StripeGateway
from capecontrol.core.actor import Origin
from capecontrol.core.business import Business
from capecontrol.core.db.scope import OrganizationScope, PlatformScope
from capecontrol.core.links import Links
from capecontrol.core.outbox.delivery import GiveUp
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.core.work import Units
from capecontrol.features.billing.actions.open_checkout import open_checkout
from capecontrol.features.billing.actions.settle_checkout import settle_checkout
from capecontrol.features.billing.errors import NotPayable
from capecontrol.features.billing.interface import unapplied_payments
from capecontrol.features.billing.ports import CheckoutState, CheckoutStatus, PaymentGateway
from tests.features.billing.conftest import LINES, WEBHOOK_SECRET, Shop
from tests.features.billing.test_webhooks import broken_gateway, event_of, send
from tests.moving_clock import MovingClock
from tests.people import SYSTEM


async def settle(shop: Shop, state: CheckoutState) -> None:
    async with shop.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await settle_checkout(work, state, Business())


async def open_page(shop: Shop) -> tuple[dict[str, Any], dict[str, Any], CheckoutState]:
    """Open a page; return the proposal, the answer, and the page as if it were paid."""
    proposal = await shop.approved()
    opened = (await shop.checkout(proposal)).json()
    state = CheckoutState(
        id=opened["url"].rsplit("/", 1)[1],
        status=CheckoutStatus.COMPLETE,
        payment_status="paid",
        amount_total=proposal["total"]["amount"],
        currency="ZAR",
        provider_payment_id="pi_1",
        metadata={"payment_intent_id": opened["payment_intent_id"]},
    )
    return proposal, opened, state


def unpaid(state: CheckoutState, payment_status: str) -> CheckoutState:
    return CheckoutState(
        state.id, state.status, payment_status, state.amount_total, state.currency, "pi_1", state.metadata
    )


async def test_a_delayed_payment_waits_and_then_arrives(shop: Shop) -> None:
    _, _, state = await open_page(shop)
    await settle(shop, unpaid(state, "unpaid"))
    assert (await shop.ledger())["intents"] == [("PROCESSING",)]
    await settle(shop, state)
    assert (await shop.ledger())["intents"] == [("SUCCEEDED",)]


async def test_a_delayed_payment_that_is_refused_fails_and_may_be_tried_anew(shop: Shop) -> None:
    proposal, opened, state = await open_page(shop)
    await settle(shop, unpaid(state, "failed"))
    assert (await shop.ledger())["intents"] == [("FAILED",)]
    again = (await shop.checkout(proposal)).json()
    assert again["payment_intent_id"] != opened["payment_intent_id"]


async def test_a_payment_is_counted_once_under_any_number_of_words(shop: Shop) -> None:
    _, _, state = await open_page(shop)
    for told in (state, unpaid(state, "failed"), state, state):
        await settle(shop, told)
    ledger = await shop.ledger()
    assert (len(ledger["payments"]), len(ledger["invoices"])) == (1, 1)
    assert ledger["intents"] == [("SUCCEEDED",)]


async def test_a_second_payment_of_a_page_is_kept_apart(shop: Shop) -> None:
    _, _, state = await open_page(shop)
    await settle(shop, state)
    second = CheckoutState(state.id, state.status, "paid", state.amount_total, state.currency, "pi_2", state.metadata)
    await settle(shop, second)
    ledger = await shop.ledger()
    assert [row[0] for row in ledger["payments"]] == ["APPLIED", "UNAPPLIED"]
    assert len(ledger["invoices"]) == 1
    assert ledger["intents"] == [("SUCCEEDED",)], "what succeeded stays so"
    async with shop.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        [waiting] = await unapplied_payments(work, 10)
        assert waiting.reason == "The proposal had already been paid."
    page = (await shop.owner.client.get("/api/dashboard")).json()
    assert (page["open"], page["needs_you"]) == ([], []), "what was paid once is paid"


async def test_money_for_what_is_no_longer_approved_waits_for_a_person(shop: Shop) -> None:
    proposal, _, state = await open_page(shop)
    await shop.rows("update proposals set status = 'DECLINED' where id = :id returning id", id=proposal["id"])
    await settle(shop, state)
    ledger = await shop.ledger()
    assert [row[0] for row in ledger["payments"]] == ["UNAPPLIED"]
    assert ledger["intents"] == [("FAILED",)]
    assert ledger["invoices"] == []


async def test_a_page_of_ours_without_its_intent_is_a_dead_letter(shop: Shop) -> None:
    _, _, state = await open_page(shop)
    lost = CheckoutState("cs_lost", state.status, "paid", 1, "ZAR", "pi_9", {"payment_intent_id": str(uuid.uuid4())})
    with pytest.raises(GiveUp):
        await settle(shop, lost)


async def test_an_id_that_is_no_id_is_a_page_of_somebody_else(shop: Shop) -> None:
    await settle(shop, CheckoutState("cs_x", CheckoutStatus.COMPLETE, "paid", 1, "ZAR", "pi_9", {}))
    await settle(
        shop, CheckoutState("cs_x", CheckoutStatus.COMPLETE, "paid", 1, "ZAR", "pi_9", {"payment_intent_id": "x"})
    )
    assert (await shop.ledger())["payments"] == []


async def test_a_click_that_waited_too_long_for_the_provider_begins_anew(
    shop: Shop, ports: Ports, clock: MovingClock
) -> None:
    proposal = await shop.approved()
    ports.provide(PaymentGateway, broken_gateway())
    assert (await shop.checkout(proposal)).status_code == 502
    ports.provide(PaymentGateway, shop.gateway)
    clock.advance(timedelta(hours=12, minutes=1))
    shop.owner = await shop.people.person(Role.OWNER, shop.owner.org_id)
    assert (await shop.checkout(proposal)).status_code == 201
    statuses = [row["status"] for row in await shop.rows("select status from payment_intents order by id")]
    assert statuses == ["EXPIRED", "CHECKOUT_OPEN"]


async def test_two_owners_share_one_customer_and_one_page(shop: Shop) -> None:
    proposal = await shop.approved()
    first = await shop.checkout(proposal)
    shop.owner = await shop.people.person(Role.OWNER, shop.owner.org_id)
    assert (await shop.checkout(proposal)).json() == first.json()
    await shop.checkout(await shop.approved())
    [row] = await shop.rows("select org_id, provider, customer_id from provider_customers")
    assert (row["org_id"], row["provider"], row["customer_id"][:4]) == (shop.owner.org_id, "stripe", "cus_")


async def test_two_owners_who_click_at_once_get_one_page(shop: Shop) -> None:
    owners = [shop.owner, *[await shop.people.person(Role.OWNER, shop.owner.org_id) for _ in range(3)]]
    for _ in range(4):
        proposal = await shop.approved()
        for owner in owners:
            await owner.client.csrf()
        path = f"/api/billing/proposals/{proposal['id']}/checkout"
        answers = await asyncio.gather(*(owner.client.post(path) for owner in owners))
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.json()["url"] for answer in answers}) == 1
    assert len(await shop.rows("select id from payment_intents")) == 4


async def test_a_customer_that_was_made_before_a_crash_is_found_again(shop: Shop) -> None:
    await shop.checkout(await shop.approved())
    [before] = await shop.rows("delete from provider_customers returning customer_id")
    await shop.checkout(await shop.approved())
    assert await shop.rows("select customer_id from provider_customers") == [before]


class Acquainted(StripeGateway):
    """A gateway that makes nobody known."""

    async def create_customer(self, org_id: uuid.UUID, name: str, email: str, idempotency_key: str) -> str:
        raise AssertionError(f"{name} is known")


async def test_a_customer_that_is_known_is_not_made_again(shop: Shop, ports: Ports) -> None:
    """One that the upgrade carried over, or an earlier payment made: the page names it."""
    kept = await shop.gateway.create_customer(uuid.uuid4(), "Harbour Logistics", "owner@harbour.test", "an-old-key")
    await shop.rows(
        "insert into provider_customers (org_id, provider, customer_id, created_at)"
        " values (:org_id, 'stripe', :customer_id, now()) returning org_id",
        org_id=shop.owner.org_id,
        customer_id=kept,
    )
    transport = httpx.ASGITransport(shop.stripe)
    gateway = Acquainted("sk_test_for_tests", WEBHOOK_SECRET, api_base="http://stripe.test", transport=transport)
    ports.provide(PaymentGateway, gateway)
    _, _, page = await open_page(shop)
    assert shop.stripe.checkout.session(page.id).customer == kept
    await gateway.close()


async def test_no_key_of_the_provider_is_told_to_a_client(shop: Shop, ports: Ports) -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        return httpx.Response(401, json={"error": {"message": "Invalid API Key provided: sk_live_1234"}})

    gateway = StripeGateway("sk_live_1234", WEBHOOK_SECRET, transport=httpx.MockTransport(refuse))
    ports.provide(PaymentGateway, gateway)
    refused = await shop.checkout(await shop.approved())
    assert refused.status_code == 502
    assert "sk_live" not in refused.text
    assert "sk_live" not in json.dumps(await shop.rows("select metadata from audit_events"))
    await gateway.close()


async def test_an_event_waits_while_the_provider_is_away(shop: Shop, ports: Ports) -> None:
    _, opened, state = await open_page(shop)
    await shop.pay(opened["url"])
    ports.provide(PaymentGateway, broken_gateway())
    await send(shop, event_of(state.id, "checkout.session.completed", "evt_1"))
    await shop.drain()
    assert await shop.drain.pending() == ["billing.apply_stripe_webhook"]
    ports.provide(PaymentGateway, shop.gateway)
    await shop.drain.make_due()
    await shop.drain()
    assert (await shop.ledger())["intents"] == [("SUCCEEDED",)]


async def test_nothing_is_charged_without_a_persons_click(shop: Shop, ports: Ports) -> None:
    proposal = await shop.approved()
    assert shop.owner.org_id is not None
    units = Units(shop.factory, SYSTEM, OrganizationScope(shop.owner.org_id), Origin())

    with pytest.raises(NotPayable) as refused:
        await open_checkout(
            units, uuid.UUID(proposal["id"]), gateway=shop.gateway, links=ports.get(Links), business=Business()
        )

    assert (refused.value.detail, refused.value.extensions["allowed"]) == ("Sign in to start a payment.", [])
    assert (await shop.ledger())["intents"] == []
    assert await shop.rows("select customer_id from provider_customers") == []
    assert await shop.rows("select id from audit_events where action = 'payment.intended'") == []


async def test_a_free_proposal_has_nothing_to_pay(shop: Shop) -> None:
    proposal = await shop.approved([LINES[0]])
    await shop.rows(
        "update proposals set subtotal = 0, tax = 0, total = 0, deposit = null where id = :id returning id",
        id=proposal["id"],
    )
    refused = await shop.checkout(proposal)
    assert (refused.status_code, refused.json()["type"]) == (409, "billing/not-payable")
