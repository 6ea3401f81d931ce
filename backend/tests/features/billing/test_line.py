"""The path of money, over HTTP: pay an approved proposal once, get one invoice."""

import asyncio
from datetime import timedelta

import pytest

from capecontrol.core.permissions import Role
from tests.features.audit.log import search
from tests.features.billing.conftest import Shop, new_uuid
from tests.moving_clock import MovingClock


async def test_paying_makes_payment_invoice_and_progress(shop: Shop) -> None:
    proposal = await shop.approved()
    answer = await shop.checkout(proposal)
    assert answer.status_code == 201
    opened = answer.json()
    assert opened["url"].startswith("http://stripe.test/pay/cs_test_")

    page = await shop.browser.get(opened["url"])
    # 62,000.00 + 499.995 → 500.00, 15 % each line: 9,300.00 + 75.00. The optional line is not charged.
    assert "Pay R\u00a071,875.00" in page.text
    paid = await shop.pay(opened["url"])
    assert paid.headers["location"].endswith(f"payment_intent_id={opened['payment_intent_id']}")

    await shop.settle()
    intent = (await shop.owner.client.get(f"/api/billing/payment-intents/{opened['payment_intent_id']}")).json()
    assert intent["status"] == "SUCCEEDED"
    invoice = (await shop.owner.client.get(f"/api/billing/invoices/{intent['invoice_id']}")).json()
    year = invoice["issued_at"][:4]
    assert invoice["number"] == f"INV-{year}-0001"
    assert invoice["status"] == "PAID"
    assert invoice["subtotal"] == {"amount": 6_250_000, "currency": "ZAR"}
    assert invoice["tax"] == {"amount": 937_500, "currency": "ZAR"}
    assert invoice["total"] == {"amount": 7_187_500, "currency": "ZAR"}
    assert invoice["balance"]["amount"] == 0
    assert (invoice["seller"]["name"], invoice["seller"]["tax_name"]) == ("Northstar Automation", "VAT")
    assert invoice["buyer"] == {"name": "Harbour Logistics", "project_code": proposal["project_code"]}
    assert [line["description"] for line in invoice["lines"]] == [
        "Lead capture workflow",
        "Monitoring and support, months",
    ]
    project = (await shop.owner.client.get(f"/api/projects/{proposal['project_id']}")).json()
    assert project["status"] == "IN_PROGRESS"
    [payment] = (await shop.owner.client.get("/api/billing/payments")).json()["items"]
    assert (payment["status"], payment["amount"]) == ("APPLIED", invoice["total"])


async def test_the_invoice_is_a_file_and_comes_by_mail(shop: Shop) -> None:
    invoice = await shop.paid()
    pdf = await shop.owner.client.get(f"/api/billing/invoices/{invoice['id']}/pdf")
    assert pdf.status_code == 200
    assert pdf.headers["content-type"] == "application/pdf"
    assert f'filename="{invoice["number"]}.pdf"' in pdf.headers["content-disposition"]
    [mail] = await shop.mails("Payment received")
    assert mail.to == shop.owner.email
    assert [file.filename for file in mail.attachments] == [f"{invoice['number']}.pdf"]
    attached = await shop.mailbox.read_attachment(mail.id, 0)
    assert attached is not None
    assert attached.data == pdf.content
    again = await shop.owner.client.get(f"/api/billing/invoices/{invoice['id']}/pdf")
    assert again.content == pdf.content


async def test_every_step_is_in_the_audit(shop: Shop) -> None:
    await shop.paid()
    actions = [row["action"] for row in await shop.rows("select action from audit_events order by id")]
    for action in ("payment.intended", "payment.checkout_opened", "payment.received", "invoice.issued"):
        assert actions.count(action) == 1, action


async def test_the_audit_names_sum_and_invoice_of_a_payment(shop: Shop) -> None:
    invoice = await shop.paid()
    [received] = await search(shop.operator, action="payment.received")
    [issued] = await search(shop.operator, action="invoice.issued")
    assert received["title"] == f"Received the payment for invoice {invoice['number']}"
    assert received["metadata"]["invoice_id"] == invoice["id"]
    assert {"amount": issued["metadata"]["total"], "currency": issued["metadata"]["currency"]} == invoice["total"]


async def test_a_payment_is_told_once(shop: Shop) -> None:
    """The click, the page that opens, the project's step and the invoice are in the audit log alone."""
    invoice = await shop.paid()
    project = invoice["project"]["id"]
    for reader in (shop.operator, shop.owner):
        timeline = (await reader.client.get(f"/api/projects/{project}/activity")).json()["items"]
        newest = timeline[0]
        assert (newest["action"], newest["title"]) == ("payment.received", "Payment received")
        assert (newest["detail"], newest["amount"]) == (f"Invoice {invoice['number']}", invoice["total"])
        assert newest["link"] == f"/projects/{project}?tab=invoices"
        told = {one["action"] for one in timeline}
        assert not told & {"payment.intended", "payment.checkout_opened", "invoice.issued", "project.status_changed"}
    opened = await shop.rows("select metadata from audit_events where action = 'payment.checkout_opened'")
    assert [row["metadata"]["project_id"] for row in opened] == [invoice["project"]["id"]]


async def test_a_double_click_opens_one_page(shop: Shop) -> None:
    proposal = await shop.approved()
    answers = await asyncio.gather(*(shop.checkout(proposal) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["url"] for answer in answers}) == 1
    assert len(await shop.rows("select id from payment_intents")) == 1
    later = await shop.checkout(proposal)
    assert later.json() == answers[0].json()


async def test_the_same_key_gets_the_first_answer_even_after_paying(shop: Shop) -> None:
    proposal, headers = await shop.approved(), {"Idempotency-Key": new_uuid()}
    first = await shop.checkout(proposal, headers=headers)
    await shop.pay(first.json()["url"])
    await shop.settle()
    again = await shop.checkout(proposal, headers=headers)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotent-replayed"] == "true"
    assert (await shop.checkout(proposal)).status_code == 409


async def test_a_page_that_expired_makes_room_for_another(shop: Shop, clock: MovingClock) -> None:
    proposal = await shop.approved()
    first = (await shop.checkout(proposal)).json()
    clock.advance(timedelta(hours=23, minutes=1))
    with shop.stripe.checkout.store.writing():
        shop.stripe.checkout.expire_overdue()
    await shop.settle()
    shop.owner = await shop.people.person(Role.OWNER, shop.owner.org_id)
    second = (await shop.checkout(proposal)).json()
    assert second["url"] != first["url"]
    assert [row["status"] for row in await shop.rows("select status from payment_intents order by id")] == [
        "EXPIRED",
        "CHECKOUT_OPEN",
    ]


async def test_a_page_that_was_paid_in_time_is_the_payment_also_when_nobody_told_us(
    shop: Shop, clock: MovingClock
) -> None:
    """The payer was in time, the webhook is not: the click on Pay finds the payment, and opens no other page."""
    proposal = await shop.approved()
    first = (await shop.checkout(proposal)).json()
    await shop.pay(first["url"])
    clock.advance(timedelta(hours=24))
    await shop.sign_in_again()
    refused = await shop.checkout(proposal)
    assert (refused.status_code, refused.json()["detail"]) == (409, "It has already been paid.")
    ledger = await shop.ledger()
    assert ([row[0] for row in ledger["payments"]], len(ledger["invoices"])) == (["APPLIED"], 1)
    # And the late webhook does no harm.
    await shop.settle()
    assert await shop.ledger() == ledger


@pytest.mark.parametrize("state", ["draft", "sent", "declined"])
async def test_only_an_approved_proposal_is_paid(shop: Shop, state: str) -> None:
    body = {"org_id": str(shop.owner.org_id), "title": "Lead capture"}
    project = (await shop.operator.client.post("/api/projects", body)).json()
    line = {
        "description": "x",
        "quantity": "1",
        "unit_price": {"amount": 1000, "currency": "ZAR"},
        "tax_rate": "15",
    }
    answer = await shop.operator.client.post(
        "/api/proposals", {"project_id": project["id"], "title": "T", "line_items": [line]}
    )
    proposal = answer.json()
    if state != "draft":
        await shop.operator.client.post(f"/api/proposals/{proposal['id']}/send")
    if state == "declined":
        await shop.owner.client.post(f"/api/proposals/{proposal['id']}/decline", {})
    refused = await shop.checkout(proposal)
    if state == "draft":
        assert refused.status_code == 404, "a client does not know of drafts"
    else:
        assert (refused.status_code, refused.json()["type"]) == (409, "billing/not-payable")
    assert await shop.rows("select id from payment_intents") == []


async def test_a_total_over_the_cards_limit_is_told(shop: Shop) -> None:
    lines: list[dict[str, object]] = [
        {
            "description": "Much",
            "quantity": "1",
            "unit_price": {"amount": 100_000_000, "currency": "ZAR"},
            "tax_rate": "0",
        }
    ]
    refused = await shop.checkout(await shop.approved(lines))
    assert refused.status_code == 409
    assert "transfer" in refused.json()["detail"]


async def test_many_lines_become_one(shop: Shop) -> None:
    lines: list[dict[str, object]] = [
        {
            "description": f"Line {n}",
            "quantity": "1",
            "unit_price": {"amount": 1000, "currency": "ZAR"},
            "tax_rate": "15",
        }
        for n in range(101)
    ]
    invoice = await shop.paid(lines)
    assert invoice["total"]["amount"] == 101 * 1150


async def test_another_organizations_money_is_not_there(shop: Shop) -> None:
    invoice = await shop.paid()
    stranger = await shop.people.owner("Signal Hill Media")
    for path in (
        f"/api/billing/invoices/{invoice['id']}",
        f"/api/billing/invoices/{invoice['id']}/pdf",
        f"/api/billing/invoices/{new_uuid()}",
    ):
        answer = await stranger.client.get(path)
        assert (answer.status_code, answer.json()["type"]) == (404, "not-found")
    assert (await stranger.client.get("/api/billing/invoices")).json()["items"] == []
    assert (await stranger.client.get("/api/billing/payments")).json()["items"] == []
    refused = await stranger.client.post(f"/api/billing/proposals/{invoice['proposal_id']}/checkout")
    assert refused.status_code == 404


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.USER])
async def test_members_read_and_only_the_owner_pays(shop: Shop, role: Role) -> None:
    invoice, proposal = await shop.paid(), await shop.approved()
    member = await shop.people.person(role, shop.owner.org_id)
    assert (await member.client.get(f"/api/billing/invoices/{invoice['id']}")).status_code == 200
    assert (await member.client.post(f"/api/billing/proposals/{proposal['id']}/checkout")).status_code == 403


async def test_the_operator_reads_all_and_pays_nothing(shop: Shop) -> None:
    invoice, proposal = await shop.paid(), await shop.approved()
    listed = (await shop.operator.client.get("/api/billing/invoices")).json()
    assert [row["id"] for row in listed["items"]] == [invoice["id"]]
    assert (await shop.operator.client.post(f"/api/billing/proposals/{proposal['id']}/checkout")).status_code == 403


async def test_invoices_are_found_by_project_status_and_words(shop: Shop) -> None:
    first, second = await shop.paid(), await shop.paid()
    get = shop.owner.client.get
    by_project = (await get("/api/billing/invoices", params={"project_id": first["project"]["id"]})).json()
    assert [row["id"] for row in by_project["items"]] == [first["id"]]
    assert (await get("/api/billing/invoices", params={"status": "VOID"})).json()["total"] == 0
    assert (await get("/api/billing/invoices", params={"status": "PAID"})).json()["total"] == 2
    by_number = (await get("/api/billing/invoices", params={"q": second["number"]})).json()
    assert [row["id"] for row in by_number["items"]] == [second["id"]]
    assert (await get("/api/billing/invoices", params={"status": "SOLD"})).status_code == 422


@pytest.mark.parametrize("path", ["checkout", "itn"])
async def test_payfast_is_on_hold(shop: Shop, path: str) -> None:
    answer = await shop.people.stranger().post(f"/api/payments/payfast/{path}", csrf=False, data={"a": "b"})
    assert (answer.status_code, answer.json()["type"]) == (503, "payments/payfast-on-hold")
