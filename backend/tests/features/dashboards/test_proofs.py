"""Every number of both dashboards leads to the list that it counts or adds up, and the list says the same."""

from datetime import datetime, time
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest
from httpx import QueryParams

from capecontrol.features.workflows.lifecycle import WorkflowStatus
from tests.features.billing.conftest import Shop
from tests.features.dashboards.test_dashboard import LINES, dashboard, send
from tests.features.workflows.builders import build_workflow
from tests.people import Person
from tests.security.world import World

#: Where the front end's lists ask for their rows.
LISTS = {
    "/projects": "/api/projects",
    "/proposals": "/api/proposals",
    "/invoices": "/api/billing/invoices",
    "/admin/workflows": "/api/workflows",
}

COUNTED = ("active_projects", "proposals_waiting", "failures")


async def listed(reader: Person, link: str, zone: str = "UTC") -> dict[str, Any]:
    """Return what the list behind a link answers, asked as the front end asks for it."""
    address = urlsplit(link)
    asked: dict[str, Any] = dict(parse_qsl(address.query))
    if "from" in asked:
        day = datetime.fromisoformat(asked["from"]).date()
        asked["from"] = datetime.combine(day, time(), ZoneInfo(zone)).isoformat()
    asked = {name: "true" if value == "yes" else value for name, value in asked.items()}
    if address.path in ("/proposals", "/invoices"):
        asked["sums"] = "true"
    answer = await reader.client.get(f"{LISTS[address.path]}?{QueryParams(asked)}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.fixture
async def busy(shop: Shop, owner_url: str) -> Shop:
    """A shop with money of each kind and a workflow that could not be deployed."""
    await build_workflow(await World.make(shop.people, owner_url), WorkflowStatus.FAILED)
    for _ in range(2):
        await shop.paid(LINES)
    for _ in range(3):
        await shop.approved(LINES)
    for _ in range(2):
        await send(shop)
    declined = await send(shop)
    assert (await shop.owner.client.post(f"/api/proposals/{declined['id']}/decline", {})).status_code == 200
    return shop


async def test_the_numbers_of_staff_are_what_their_lists_say(busy: Shop) -> None:
    page = await dashboard(busy.operator)
    figures = {name: value for name, value in page.items() if isinstance(value, dict)}
    proofs = {name: await listed(busy.operator, one["link"], page["timezone"]) for name, one in figures.items()}

    assert figures.keys() == {*COUNTED, "revenue"}, "each is compared below"
    for name in COUNTED:
        assert proofs[name]["total"] == page[name]["count"], name
    assert proofs["proposals_waiting"]["sums"] == page["proposals_waiting"]["worth"]
    assert proofs["revenue"]["sums"] == page["revenue"]["received"]
    assert [len(page["revenue"]["received"]), *(page[name]["count"] for name in COUNTED)] == [1, 2, 2, 1]


async def test_the_numbers_of_a_client_are_what_their_lists_say(busy: Shop) -> None:
    page = await dashboard(busy.owner)
    paid, unpaid = await listed(busy.owner, page["paid_link"]), await listed(busy.owner, page["open_link"])

    proofs = {name for name in page if name.endswith("_link")}
    assert proofs == {"paid_link", "open_link"}, "each is compared below"
    assert (paid["total"], paid["sums"]) == (2, page["paid"])
    assert (unpaid["total"], unpaid["sums"]) == (3, page["open"])
    assert page["paid"] != page["open"]


@pytest.mark.parametrize("path", ["/api/proposals", "/api/billing/invoices"])
async def test_sums_are_told_to_who_asks_and_never_of_a_search(busy: Shop, path: str) -> None:
    ask = busy.owner.client.get
    assert (await ask(path)).json()["sums"] is None
    assert (await ask(f"{path}?sums=true&q=lead")).json()["sums"] is None
    first = (await ask(f"{path}?sums=true&limit=1")).json()
    assert first["sums"] == (await ask(f"{path}?sums=true&limit=100")).json()["sums"], "of the list, not of the page"
    second = await ask(f"{path}?limit=1&cursor={first['next_cursor']}")
    assert second.status_code == 200, "a cursor is of the list, with its sums or without"
    stranger = await busy.people.owner("Other")
    assert (await stranger.client.get(f"{path}?sums=true")).json()["sums"] == []
