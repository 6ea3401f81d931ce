"""The dashboard over HTTP: each realm's own, true, and at a fixed cost."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from capecontrol.core.business import Business
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from tests.asked_statements import asked_statements
from tests.features.billing.conftest import Shop
from tests.moving_clock import MovingClock
from tests.people import People, Person

TOTAL = 7_187_500
LINES: list[dict[str, object]] = [
    {
        "description": "Lead capture workflow",
        "quantity": "1",
        "unit_price": {"amount": 6_250_000, "currency": "ZAR"},
        "tax_rate": "15.00",
    }
]


def zar(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "ZAR"}


async def dashboard(person: Person) -> dict[str, Any]:
    answer = await person.client.get("/api/dashboard")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_an_empty_house_has_nothing_to_show(people: People) -> None:
    operator, owner = await people.operator(), await people.owner()

    staff, client = await dashboard(operator), await dashboard(owner)

    assert staff["realm"] == "ADMIN"
    assert staff["active_projects"]["count"] == staff["proposals_waiting"]["count"] == staff["failures"]["count"] == 0
    assert staff["revenue"]["received"] == []
    assert client["realm"] == "CLIENT"
    assert [client[name] for name in ("projects", "needs_you", "paid", "open", "recent_invoices")] == [[]] * 5


async def test_nothing_is_written_in_the_currency_of_the_business(people: People, ports: Ports) -> None:
    wired = ports.get(Business)
    ports.provide(Business, replace(wired, currency="EUR"))
    try:
        pages = [await dashboard(person) for person in (await people.operator(), await people.owner())]
    finally:
        ports.provide(Business, wired)
    assert [page["currency"] for page in pages] == ["EUR", "EUR"]


async def test_an_operator_sees_the_whole_house(shop: Shop) -> None:
    invoice = await shop.paid(LINES)
    changed = await shop.approved(LINES)
    waiting = await send(shop)
    asked = await send(shop)
    draft = await shop.owner.client.post(f"/api/proposals/{asked['id']}/request-changes", {"message": "Two phases"})

    page = await dashboard(shop.operator)

    assert (page["active_projects"]["count"], page["active_projects"]["new_this_month"]) == (1, 1)
    assert (page["proposals_waiting"]["count"], page["proposals_waiting"]["worth"]) == (1, [zar(TOTAL)])
    assert page["revenue"]["received"] == [zar(TOTAL)]
    month = datetime.fromisoformat(page["revenue"]["since"]).astimezone(ZoneInfo(page["timezone"])).date()
    assert page["revenue"]["link"] == f"/invoices?from={month}", "the list whose sum it is"
    assert [(need["kind"], need["reason"], need["link"]) for need in page["needs_you"]] == [
        ("CHANGES_REQUESTED", "“Two phases”", f"/proposals/{draft.json()['next_id']}")
    ]
    assert page["needs_you"][0]["title"] == f"Changes requested: Leads v1 ({asked['project_code']})"
    assert page["needs_you"][0]["organization"]["name"] == "Harbour Logistics"
    assert page["activity"][0]["title"] == "Changes requested on v1"
    assert page["activity"][0]["organization"]["name"] == "Harbour Logistics"
    assert {event["project_title"] for event in page["activity"]} == {"Leads", "Lead capture"}
    assert invoice["status"] == "PAID"
    assert {changed["status"], waiting["status"]} == {"APPROVED", "SENT"}


async def test_each_number_is_what_its_link_lists(shop: Shop) -> None:
    await shop.paid(LINES)
    await send(shop)
    page = await dashboard(shop.operator)

    for figure in ("active_projects", "proposals_waiting"):
        listed = await shop.operator.client.get(f"/api{page[figure]['link']}")
        assert listed.json()["total"] == page[figure]["count"] == 1


async def test_a_client_sees_what_waits_and_what_it_costs(shop: Shop) -> None:
    invoice = await shop.paid(LINES)
    to_pay = await shop.approved(LINES)
    to_decide = await send(shop)
    stranger = await shop.people.owner("Other")

    page = await dashboard(shop.owner)

    assert [(need["kind"], need["link"], need["amount"]) for need in page["needs_you"]] == [
        ("PROPOSAL_TO_PAY", f"/proposals/{to_pay['id']}", zar(TOTAL)),
        ("PROPOSAL_TO_DECIDE", f"/proposals/{to_decide['id']}", zar(TOTAL)),
    ]
    assert page["needs_you"][1]["due_at"] == to_decide["valid_until"]
    assert (page["paid"], page["open"]) == ([zar(TOTAL)], [zar(TOTAL)])
    assert {event["project_title"] for event in page["activity"]} == {"Leads", "Lead capture"}
    assert [row["number"] for row in page["recent_invoices"]] == [invoice["number"]]
    assert sorted(card["status"] for card in page["projects"]) == ["APPROVED", "IN_PROGRESS", "PROPOSED"]
    assert (await dashboard(stranger)) | {"as_of": ""} == {
        "realm": "CLIENT", "as_of": "", "currency": "ZAR", "projects": [], "needs_you": [], "paid": [], "open": [],
            "processing": [],
        "paid_link": "/invoices?status=PAID", "open_link": "/proposals?unpaid=yes",
        "recent_invoices": [], "activity": [],
    }  # fmt: skip


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.USER])
async def test_who_neither_decides_nor_pays_reads_who_does(role: Role, shop: Shop) -> None:
    to_pay, to_decide = await shop.approved(LINES), await send(shop)
    reader = await shop.people.person(role, shop.owner.org_id)

    needs = (await dashboard(reader))["needs_you"]

    assert [(need["kind"], need["link"], need["reason"].partition(" v1 ")[2]) for need in needs] == [
        (
            "PROPOSAL_WITH_OWNER",
            f"/proposals/{to_pay['id']}",
            "is approved and can be paid by an owner of your organization",
        ),
        (
            "PROPOSAL_WITH_OWNER",
            f"/proposals/{to_decide['id']}",
            "is awaiting a decision by an owner of your organization",
        ),
    ]


async def test_what_expired_waits_no_more(shop: Shop, clock: MovingClock) -> None:
    soon = clock.now() + timedelta(minutes=10)
    await send(shop, valid_until=soon.isoformat())
    clock.advance(timedelta(minutes=10))

    assert (await dashboard(shop.owner))["needs_you"] == []
    assert (await dashboard(shop.operator))["proposals_waiting"]["count"] == 0


async def test_inner_matters_stay_inside(shop: Shop) -> None:
    draft = await draft_of(shop)

    client, staff = await dashboard(shop.owner), await dashboard(shop.operator)

    assert draft["id"] not in str(client)
    assert "Project created" in [event["title"] for event in client["activity"]]
    assert "Proposal v1 drafted" in [event["title"] for event in staff["activity"]]


async def test_it_costs_the_same_however_much_there_is(shop: Shop, factory: UnitOfWorkFactory) -> None:
    costs: dict[str, set[int]] = {"staff": set(), "client": set()}
    await shop.paid(LINES)
    for rounds in (1, 2, 3):
        for _ in range(rounds):
            await shop.approved(LINES)
            asked = await send(shop)
            await shop.owner.client.post(f"/api/proposals/{asked['id']}/request-changes", {"message": "More"})
        for name, person in (("staff", shop.operator), ("client", shop.owner)):
            with asked_statements(factory) as seen:
                await dashboard(person)
            costs[name].add(sum(statement.lower().startswith("select") for statement in seen.texts))

    # Who calls, and what is shown.
    assert costs == {"staff": {3}, "client": {2}}


@pytest.mark.parametrize(("role", "status"), [(Role.AUDITOR, 403), (Role.DEVELOPER, 403)])
async def test_other_staff_have_none(people: People, role: Role, status: int) -> None:
    person = await people.person(role)

    assert (await person.client.get("/api/dashboard")).status_code == status


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMINISTRATOR, Role.USER])
async def test_every_member_has_one(people: People, role: Role) -> None:
    person = await people.person(role, await people.organization())

    assert (await dashboard(person))["realm"] == "CLIENT"


async def test_a_stranger_has_none(people: People) -> None:
    assert (await people.stranger().get("/api/dashboard")).status_code == 401


async def draft_of(shop: Shop, **members: Any) -> dict[str, Any]:
    body = {"org_id": str(shop.owner.org_id), "title": "Leads"}
    project = (await shop.operator.client.post("/api/projects", body)).json()
    answer = await shop.operator.client.post(
        "/api/proposals", {"project_id": project["id"], "title": "Leads", "line_items": LINES, **members}
    )
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def send(shop: Shop, **members: Any) -> dict[str, Any]:
    answer = await shop.operator.client.post(f"/api/proposals/{(await draft_of(shop, **members))['id']}/send")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())
