"""Proposals over HTTP: drafted and edited."""

import asyncio
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from capecontrol.core.business import Business
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from tests.features.proposals.agency import LINES, Agency
from tests.people import People


def zar(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "ZAR"}


def line(**members: Any) -> dict[str, Any]:
    return {**LINES[0], **members}


async def test_a_draft_is_worked_out(agency: Agency) -> None:
    project = await agency.project()

    draft = await agency.draft(project["id"], summary="First\nsecond", terms="Half now")

    assert (draft["version"], draft["status"]) == (1, "DRAFT")
    assert (draft["subtotal"], draft["tax"], draft["total"]) == (zar(1_850_000), zar(277_500), zar(2_127_500))
    assert draft["line_items"][1] == {
        "description": "Support, hours",
        "quantity": "1.5",
        "unit_price": zar(33333),
        "tax_rate": "15.00",
        "optional": False,
        "amount": zar(50000),
        "net": zar(50000),
        "tax": zar(7500),
    }
    assert draft["project_code"] == project["code"]
    assert draft["organization"] == project["organization"]
    assert draft["content_hash"] is None
    assert draft["tax_name"] == "VAT"
    assert draft["next_statuses"] == ["SENT"]


async def test_each_rate_of_tax_is_told(agency: Agency) -> None:
    rates = ("15.00", "0.00", "5.00", "15.00")
    lines = [line(quantity="1", unit_price=zar(10_000), tax_rate=rate) for rate in rates]
    draft = await agency.draft(line_items=[*lines, line(tax_rate="20.00", optional=True)])

    assert draft["taxes"] == [
        {"rate": "15.00", "net": zar(20_000), "tax": zar(3_000)},
        {"rate": "5.00", "net": zar(10_000), "tax": zar(500)},
        {"rate": "0.00", "net": zar(10_000), "tax": zar(0)},
    ]


async def test_inclusive_prices_contain_their_tax(agency: Agency) -> None:
    draft = await agency.draft(line_items=[line(unit_price=zar(11500))], tax_inclusive=True)

    assert (draft["subtotal"], draft["tax"], draft["total"]) == (zar(10000), zar(1500), zar(11500))
    assert draft["line_items"][0]["amount"] == zar(11500)


async def test_optional_lines_are_shown_and_not_charged(agency: Agency) -> None:
    draft = await agency.draft(line_items=[line(), line(description="Extra", optional=True)])

    assert draft["total"] == zar(2_070_000)
    assert [item["optional"] for item in draft["line_items"]] == [False, True]


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"line_items": []}, "/line_items"),
        ({"line_items": [line(quantity=0)]}, "/line_items/0/quantity"),
        ({"line_items": [line(quantity=-1)]}, "/line_items/0/quantity"),
        ({"line_items": [line(quantity="1.00001")]}, "/line_items/0/quantity"),
        ({"line_items": [line(quantity=1e-5)]}, "/line_items/0/quantity"),
        ({"line_items": [line(quantity="NaN")]}, "/line_items/0/quantity"),
        ({"line_items": [line(quantity=True)]}, "/line_items/0/quantity"),
        ({"line_items": [line(quantity=10**400)]}, "/line_items/0/quantity"),
        ({"line_items": [line(tax_rate="100.01")]}, "/line_items/0/tax_rate"),
        ({"line_items": [line(tax_rate="-1")]}, "/line_items/0/tax_rate"),
        ({"line_items": [line(unit_price=zar(-1))]}, "/line_items/0/unit_price/amount"),
        ({"line_items": [line(unit_price=zar(10**13))]}, "/line_items/0/unit_price/amount"),
        ({"line_items": [line(unit_price={"amount": 1, "currency": "rand"})]}, "/line_items/0/unit_price/currency"),
        ({"line_items": [line(unit_price={"amount": 1, "currency": "ZZZ"})]}, "/line_items/0/unit_price/currency"),
        ({"line_items": [line(), line(unit_price={"amount": 1, "currency": "USD"})]},
         "/line_items/1/unit_price/currency"),
        ({"line_items": [line(quantity="9999999", unit_price=zar(10**12))]}, "/line_items"),
        ({"line_items": [line(colour="red")]}, "/line_items/0/colour"),
        ({"title": ""}, "/title"),
        ({"project_id": str(uuid.uuid4())}, "/project_id"),
        ({"project_id": "no id"}, "/project_id"),
        ({"deposit": zar(99_999_999)}, "/deposit/amount"),
        ({"deposit": {"amount": 1, "currency": "USD"}}, "/deposit/currency"),
        ({"valid_until": "2020-01-01T00:00:00Z"}, "/valid_until"),
        ({"valid_until": "tomorrow"}, "/valid_until"),
        ({"valid_until": 1_900_000_000}, "/valid_until"),
        ({"valid_until": "2026-02-30"}, "/valid_until"),
        ({"valid_until": "2020-01-01"}, "/valid_until"),
        ({"valid_until": "0001-01-01"}, "/valid_until"),
        ({"valid_until": "9999-12-31"}, "/valid_until"),
        ({"valid_until": "20261205"}, "/valid_until"),
        ({"valid_until": "0001-01-01T00:00:00+23:59"}, "/valid_until"),
        ({"valid_until": "9999-12-31T23:59:59-23:59"}, "/valid_until"),
        ({"valid_until": "9999-12-31T23:59:59Z"}, "/valid_until"),
    ],
)  # fmt: skip
async def test_what_is_not_valid_is_named(agency: Agency, members: dict[str, Any], pointer: str) -> None:
    project = await agency.project()

    answer = await agency.try_draft(project["id"], **members)

    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert (await agency.operator.client.get("/api/proposals")).json()["total"] == 0


@pytest.mark.parametrize("quantity", [1, "1", "1.0", 1.0])
async def test_a_quantity_may_be_text_or_a_number(agency: Agency, quantity: Any) -> None:
    draft = await agency.draft(line_items=[line(quantity=quantity)])

    assert draft["line_items"][0]["quantity"] == "1"


async def test_one_active_proposal_a_project(agency: Agency) -> None:
    project = await agency.project()
    draft = await agency.draft(project["id"])

    second = await agency.try_draft(project["id"])

    assert second.status_code == 409
    assert second.json()["type"] == "proposals/already-active"
    assert second.json()["detail"] == "Version 1 is still a draft. A project can have one active proposal at a time."
    assert second.json()["allowed"] == ["SENT"]
    assert second.json()["proposal_id"] == draft["id"]


async def test_of_many_drafts_at_once_one_is_made(agency: Agency) -> None:
    project = await agency.project()
    await agency.operator.client.csrf()

    answers = await asyncio.gather(*(agency.try_draft(project["id"]) for _ in range(12)))

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 11


async def test_an_archived_project_gets_no_proposal(agency: Agency) -> None:
    project = await agency.project()
    await agency.operator.client.post(
        f"/api/projects/{project['id']}/status", {"status": "ARCHIVED", "override": True, "reason": "Cancelled"}
    )

    answer = await agency.try_draft(project["id"])

    assert (answer.status_code, answer.json()["type"]) == (409, "proposals/project-archived")


async def test_an_edit_works_everything_out_anew(agency: Agency) -> None:
    until = (datetime.now(UTC) + timedelta(days=3)).replace(microsecond=0)
    draft = await agency.draft(deposit=zar(1000))
    path = f"/api/proposals/{draft['id']}"

    edited = await agency.operator.client.patch(
        path, {"title": "Better", "line_items": [line()], "tax_inclusive": True, "deposit": None,
               "valid_until": until.isoformat()}
    )  # fmt: skip

    body = edited.json()
    assert edited.status_code == 200, edited.text
    assert (body["title"], body["total"], body["deposit"]) == ("Better", zar(1_800_000), None)
    assert body["subtotal"]["amount"] + body["tax"]["amount"] == body["total"]["amount"]
    assert datetime.fromisoformat(body["valid_until"]) == until


@pytest.fixture
def business_in_los_angeles(ports: Ports) -> Iterator[ZoneInfo]:
    """The time zone of a business that is far from everybody else."""
    wired, zone = ports.get(Business), ZoneInfo("America/Los_Angeles")
    ports.provide(Business, replace(wired, timezone=zone))
    yield zone
    ports.provide(Business, wired)


async def test_a_day_of_validity_ends_where_the_business_is(agency: Agency, business_in_los_angeles: ZoneInfo) -> None:
    def end_of(last: date) -> datetime:
        return datetime.combine(last, time(23, 59, 59), business_in_los_angeles)

    day = (datetime.now(UTC) + timedelta(days=20)).date()

    draft = await agency.draft(valid_until=day.isoformat())
    later = await agency.operator.client.patch(
        f"/api/proposals/{draft['id']}", {"valid_until": (day + timedelta(days=1)).isoformat()}
    )

    assert datetime.fromisoformat(draft["valid_until"]) == end_of(day)
    assert draft["valid_until"].endswith("Z")
    assert datetime.fromisoformat(later.json()["valid_until"]) == end_of(day + timedelta(days=1))
    assert draft["valid_until_day"] == day.isoformat()
    assert later.json()["valid_until_day"] == (day + timedelta(days=1)).isoformat()


@pytest.mark.parametrize("currency", ["USD", "JPY", "KWD"])
async def test_a_draft_keeps_its_own_currency(agency: Agency, currency: str) -> None:
    draft = await agency.draft(line_items=[line(unit_price={"amount": 1200, "currency": currency})])

    edited = await agency.operator.client.patch(f"/api/proposals/{draft['id']}", {"title": "Renamed"})

    assert edited.json()["line_items"][0]["unit_price"] == {"amount": 1200, "currency": currency}
    assert edited.json()["total"] == {"amount": 1380, "currency": currency}


async def test_an_edit_on_an_old_revision_is_refused(agency: Agency) -> None:
    draft = await agency.draft()
    path = f"/api/proposals/{draft['id']}"
    seen = (await agency.operator.client.get(path)).headers["ETag"]

    first = await agency.operator.client.patch(path, {"title": "First"}, headers={"If-Match": seen})
    second = await agency.operator.client.patch(path, {"title": "Second"}, headers={"If-Match": seen})

    assert (first.status_code, second.status_code) == (200, 412)
    assert (await agency.read(draft["id"]))["title"] == "First"


async def test_a_draft_that_was_saved_since_it_was_read_is_not_sent(agency: Agency) -> None:
    draft = await agency.draft()
    path = f"/api/proposals/{draft['id']}"
    seen = (await agency.operator.client.get(path)).headers["ETag"]
    dearer = [line(unit_price={"amount": 990_000, "currency": "ZAR"})]
    current = (await agency.operator.client.patch(path, {"line_items": dearer})).headers["ETag"]

    refused = await agency.operator.client.post(f"{path}/send", headers={"If-Match": seen})
    assert (refused.status_code, refused.json()["type"]) == (412, "precondition-failed")
    assert (await agency.read(draft["id"]))["status"] == "DRAFT"

    sent = await agency.operator.client.post(f"{path}/send", headers={"If-Match": current})
    assert (sent.status_code, sent.json()["status"]) == (200, "SENT")


async def test_what_was_sent_is_locked(agency: Agency) -> None:
    sent = await agency.sent()

    answer = await agency.operator.client.patch(f"/api/proposals/{sent['id']}", {"title": "Sneaky"})

    assert answer.status_code == 409
    assert answer.json()["type"] == "proposals/locked"
    assert (await agency.read(sent["id"]))["title"] == sent["title"]


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMINISTRATOR, Role.USER])
async def test_clients_never_see_a_draft(agency: Agency, people: People, role: Role) -> None:
    member = await people.person(role, agency.org_id)
    draft = await agency.draft()

    assert (await member.client.get(f"/api/proposals/{draft['id']}")).status_code == 404
    assert (await member.client.get(f"/api/proposals/{draft['id']}/pdf")).status_code == 404
    assert (await member.client.get(f"/api/proposals/{draft['id']}/versions")).status_code == 404
    assert (await member.client.get("/api/proposals")).json()["total"] == 0
    refused = await member.client.post(
        "/api/proposals", {"project_id": draft["project_id"], "title": "Mine", "line_items": LINES}
    )
    assert refused.status_code == 403


@pytest.mark.parametrize("path", ["", "/pdf", "/versions"])
async def test_anothers_proposal_and_none_are_the_same_answer(agency: Agency, people: People, path: str) -> None:
    foreign = await agency.sent()
    stranger = await people.owner("Other")

    answers = [
        await stranger.client.get(f"/api/proposals/{identifier}{path}")
        for identifier in (foreign["id"], uuid.uuid4(), "no-id")
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    bodies = [{**answer.json(), "instance": None} for answer in answers]
    assert bodies[0] == bodies[1] == bodies[2]


async def test_the_object_is_looked_up_before_the_body_is_read(agency: Agency) -> None:
    answer = await agency.operator.client.patch(f"/api/proposals/{uuid.uuid4()}", {"title": 7})

    assert answer.status_code == 404


async def test_filters_narrow_the_list(agency: Agency) -> None:
    one, two = await agency.draft(title="Alpha"), await agency.sent(title="Beta")

    async def found(**params: str) -> list[str]:
        answer = await agency.operator.client.get("/api/proposals", params=params)
        return [item["id"] for item in answer.json()["items"]]

    assert await found() == [two["id"], one["id"]]
    assert await found(project_id=one["project_id"]) == [one["id"]]
    assert await found(status="SENT") == [two["id"]]
    assert await found(status="EXPIRED") == []
    assert await found(q="alp") == [one["id"]]
    assert await found(org_id=str(uuid.uuid4())) == []
