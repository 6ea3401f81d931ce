"""Nobody pays for an archived project; a payment that is on its way still settles."""

import asyncio
import uuid
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.ports import Ports
from capecontrol.features.billing.actions.withdraw_checkouts import withdraw_checkouts
from capecontrol.features.billing.dao.intents import IntentDao
from capecontrol.features.billing.ports import PaymentGateway
from tests.features.billing.conftest import Shop
from tests.features.billing.test_webhooks import broken_gateway
from tests.features.dashboards.test_dashboard import dashboard
from tests.features.proposals.test_races import waiting
from tests.people import SYSTEM

ARCHIVE = {"status": "ARCHIVED", "override": True, "reason": "The client went elsewhere"}
RESTORE = {"status": "APPROVED", "override": True, "reason": "They came back"}
CLOSING = "select payload ->> 'session_id' as session_id from outbox where consumer = 'billing.withdraw_checkout'"
CLOSED = "The project is archived. Contact us if you would still like to go ahead."


async def move(shop: Shop, proposal: dict[str, Any], step: dict[str, Any] = ARCHIVE) -> Response:
    return await shop.operator.client.post(f"/api/projects/{proposal['project_id']}/status", step)


async def clicked_in_vain(shop: Shop, ports: Ports) -> dict[str, Any]:
    """Approve a proposal and click on Pay while the provider is away; return the proposal."""
    proposal = await shop.approved()
    ports.provide(PaymentGateway, broken_gateway())
    assert (await shop.checkout(proposal)).status_code == 502
    ports.provide(PaymentGateway, shop.gateway)
    return proposal


async def test_nobody_opens_a_payment_page(shop: Shop) -> None:
    proposal = await shop.approved()
    await move(shop, proposal)

    refused = await shop.checkout(proposal)

    assert (refused.status_code, refused.json()["type"]) == (409, "billing/not-payable")
    assert (refused.json()["detail"], refused.json()["allowed"]) == (CLOSED, [])
    assert (await shop.ledger())["intents"] == []
    await move(shop, proposal, RESTORE)
    assert (await shop.checkout(proposal)).status_code == 201


async def test_a_page_that_is_open_is_closed(shop: Shop) -> None:
    proposal = await shop.approved()
    opened = (await shop.checkout(proposal)).json()
    await move(shop, proposal)

    assert (await shop.checkout(proposal)).status_code == 409
    await shop.settle()

    assert shop.page_of(opened["url"]).status == "expired"
    assert (await shop.ledger())["intents"] == [("CANCELLED",)]
    assert (await shop.pay(opened["url"])).status_code != 303
    await move(shop, proposal, RESTORE)
    again = (await shop.checkout(proposal)).json()
    assert again["url"] != opened["url"]
    await shop.pay(again["url"])
    await shop.settle()
    assert [row[0] for row in (await shop.ledger())["intents"]] == ["CANCELLED", "SUCCEEDED"]


async def test_a_click_that_has_no_page_yet_is_cancelled_and_no_page_is_closed(shop: Shop, ports: Ports) -> None:
    proposal = await clicked_in_vain(shop, ports)
    await move(shop, proposal)

    await shop.settle()

    assert (await shop.ledger())["intents"] == [("CANCELLED",)]
    ended = await shop.rows("select outcome from audit_events where action = 'payment.cancelled'")
    assert (ended, await shop.rows(CLOSING)) == ([{"outcome": "FAILURE"}], [])
    await move(shop, proposal, RESTORE)
    assert (await shop.checkout(proposal)).status_code == 201
    assert [row[0] for row in (await shop.ledger())["intents"]] == ["CANCELLED", "CHECKOUT_OPEN"]


async def test_what_has_no_page_yet_keeps_no_other_page_open(shop: Shop, ports: Ports) -> None:
    without = await clicked_in_vain(shop, ports)
    opened = await shop.approved()
    url = (await shop.checkout(opened)).json()["url"]

    async with shop.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        locked = [await IntentDao(work).lock_all_of(uuid.UUID(one["id"])) for one in (without, opened)]
        await withdraw_checkouts(work, [intent for intents in locked for intent in intents])
    announced = await shop.rows(CLOSING)
    await shop.settle()

    assert [row["session_id"] for row in announced] == [url.rsplit("/", 1)[1]]
    assert (await shop.ledger())["intents"] == [("CANCELLED",), ("CANCELLED",)]
    assert shop.page_of(url).status == "expired"


async def test_whoever_paid_before_the_page_was_closed_has_paid(shop: Shop) -> None:
    proposal = await shop.approved()
    opened = (await shop.checkout(proposal)).json()
    await shop.pay(opened["url"])
    await move(shop, proposal)

    await shop.settle()

    ledger = await shop.ledger()
    assert (len(ledger["invoices"]), [row[0] for row in ledger["payments"]]) == (1, ["APPLIED"])
    assert (ledger["intents"], ledger["projects"]) == ([("SUCCEEDED",)], [("ARCHIVED",)])


@pytest.mark.parametrize("is_cleared", [True, False])
async def test_a_debit_on_its_way_settles_and_nobody_is_asked_to_pay_again(shop: Shop, is_cleared: bool) -> None:
    proposal = await shop.approved()
    opened = (await shop.checkout(proposal)).json()
    await shop.debit(opened["url"])
    await shop.settle()
    await move(shop, proposal)
    await shop.settle()
    assert (await shop.ledger())["intents"] == [("PROCESSING",)]

    await (shop.clear_debit if is_cleared else shop.refuse_debit)(opened["url"])
    await shop.settle()

    assert (await shop.ledger())["intents"] == [("SUCCEEDED" if is_cleared else "FAILED",)]
    for person in (shop.operator, shop.owner):
        assert (await dashboard(person))["needs_you"] == []
    if not is_cleared:
        [mail] = await shop.mails("Payment failed")
        assert "The project is archived, so nothing needs to be paid again." in mail.text
        assert "pay again, by" not in mail.text


@pytest.mark.parametrize("is_archived_first", [True, False])
async def test_of_archiving_and_paying_at_once_no_page_stays_open(shop: Shop, is_archived_first: bool) -> None:
    proposal = await shop.approved()
    await shop.operator.client.csrf()
    await shop.owner.client.csrf()
    requests = [move(shop, proposal), shop.checkout(proposal)]
    async with (
        asyncio.timeout(20),
        asyncio.TaskGroup() as tasks,
        shop.factory.unit(SYSTEM, PlatformScope("tests")) as work,
    ):
        await work.session.execute(
            text("select id from projects where id = :id for update"), {"id": proposal["project_id"]}
        )
        under_way = []
        for request in requests if is_archived_first else reversed(requests):
            under_way.append(tasks.create_task(request))
            await waiting(work, len(under_way))
    archived, checkout = (task.result() for task in (under_way if is_archived_first else reversed(under_way)))

    assert (archived.status_code, checkout.status_code) == (200, 409 if is_archived_first else checkout.status_code)
    await shop.settle()
    assert {row[0] for row in (await shop.ledger())["intents"]} <= {"CANCELLED"}
    if checkout.status_code == 201:
        assert shop.page_of(checkout.json()["url"]).status == "expired"
