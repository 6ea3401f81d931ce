"""What release 0.1.0 told of a project is told after the upgrade: as many entries, in the same words."""

import uuid
from dataclasses import replace
from typing import Any

import pytest

from capecontrol.core.money import Money
from capecontrol.core.permissions import Role
from capecontrol.main.features import event_registry
from tests.features.activity.conftest import BEGIN, Installation
from tests.features.activity.history import ACTS, NAMES, OPERATOR, OWNER, TOLD, Act
from tests.outbox_drain import Drain
from tests.people import People, Person


async def timeline(person: Person, installation: Installation) -> dict[str, Any]:
    answer = await person.client.get(f"/api/projects/{installation.project_id}/activity", params={"limit": 100})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def detail(entry: dict[str, Any]) -> object:
    return Money(**entry["amount"]) if entry["amount"] else entry["detail"]


def told(page: dict[str, Any]) -> list[tuple[object, ...]]:
    return [
        (one["action"], one["title"], detail(one), one["actor"], one["is_visible_to_client"]) for one in page["items"]
    ]


def expected(acts: list[Act]) -> list[tuple[object, ...]]:
    return [
        (act.action, act.title, act.detail, NAMES[act.actor] if act.actor else None, act.is_visible_to_client)
        for act in reversed(acts)
    ]


def to_client(act: Act) -> str:
    return act.client_title or act.title


async def test_staff_are_told_all_of_it(upgraded: People, installation: Installation) -> None:
    page = await timeline(await upgraded.operator(), installation)

    assert page["total"] == len(page["items"])
    assert told(page) == expected(list(TOLD))
    assert page["items"][-1]["at"] == "2026-11-01T08:00:00Z"
    assert page["items"][-1]["resource_id"] == str(installation.project_id)


async def test_the_client_is_told_what_it_was_told(upgraded: People, installation: Installation) -> None:
    owner = await upgraded.person(Role.OWNER, installation.org_id)

    page = await timeline(owner, installation)

    assert told(page) == expected([replace(act, title=to_client(act)) for act in TOLD if act.is_visible_to_client])


async def test_dashboards_tell_the_latest_what_failed_too(upgraded: People, installation: Installation) -> None:
    owner = await upgraded.person(Role.OWNER, installation.org_id)
    latest = list(reversed(TOLD))

    staff = (await (await upgraded.operator()).client.get("/api/dashboard")).json()["activity"]
    client = (await owner.client.get("/api/dashboard")).json()["activity"]

    assert [one["title"] for one in staff] == [act.title for act in latest[:10]]
    assert [one["title"] for one in client] == [to_client(act) for act in latest if act.is_visible_to_client][:10]
    assert staff[0]["link"] == f"/projects/{installation.project_id}?tab=workflows"
    items = (await timeline(owner, installation))["items"]
    links = {one["action"]: one["link"] for one in items if one["link"]}
    assert links["invoice.issued"].startswith("/invoices/")
    assert {key.partition(".")[0] for key in links} == {"invoice", "payment", "proposal", "workflow", "execution"}


async def test_an_entry_has_the_id_of_its_event(installation: Installation) -> None:
    await installation.migrate()

    ids = await installation.sql("select e.id from audit_events e join activity_entries a on a.id = e.id")

    assert len(ids) == len(ACTS)


async def test_other_acts_are_not_told(installation: Installation) -> None:
    """A sign-in has no project, and an export has one in no way that 0.1.0 told."""
    for action in ("session.started", "audit.exported"):
        await installation.record(Act(action, "session", {}, "", None, "operator@demo.test"), BEGIN)

    await installation.migrate()

    assert await installation.entries() == len(ACTS)


async def test_what_an_old_process_records_later_is_carried_over_once(
    upgraded: People, installation: Installation
) -> None:
    """During a roll-out processes of 0.1.0 write the audit log only; the job brings their acts."""
    now = upgraded.factory.clock.now()
    late = Act("project.status_changed", "project", {"to": "COMPLETED"}, "Project completed", None, OPERATOR)
    await installation.record(late, now)
    # The click that led to it is told.
    await installation.record(Act("payment.checkout_opened", "payment_intent", {}, "", None, OWNER), now)
    operator = await upgraded.operator()
    assert (await timeline(operator, installation))["total"] == len(TOLD)

    drain = Drain(upgraded.factory, event_registry(), upgraded.ports)
    await drain.slot("activity.carry_over")
    await drain.slot("activity.carry_over")

    assert told(await timeline(operator, installation)) == expected([*TOLD, late])


@pytest.mark.parametrize("column", ["app_id", "producer_id"])
async def test_what_an_app_recorded_becomes_no_entry(column: str, upgraded: People, installation: Installation) -> None:
    """It may name any project, and tell of payments that nobody made."""
    forged = Act("payment.received", "project", {"amount": 1, "currency": "ZAR"}, "", None, OPERATOR)
    values: dict[str, object] = {"app_id": uuid.uuid4(), "producer_id": "app-1"}
    await installation.record(forged, upgraded.factory.clock.now(), **{column: values[column]})

    await Drain(upgraded.factory, event_registry(), upgraded.ports).slot("activity.carry_over")

    assert told(await timeline(await upgraded.operator(), installation)) == expected(list(TOLD))


async def test_no_entry_keeps_an_address(installation: Installation) -> None:
    """Not of who has no account any more, nor of whose account has the address for a name."""
    await installation.sql("update users set full_name = email where email = :email", email=OPERATOR)
    gone = Act("project.status_changed", "project", {"to": "COMPLETED"}, "", None, "gone@harbour.example")
    await installation.record(gone, BEGIN)

    await installation.migrate()

    names = await installation.sql("select distinct actor_name from activity_entries order by 1")
    assert [row["actor_name"] for row in names] == ["Aisha Jacobs", "operator", None]


async def test_addresses_that_entries_kept_already_are_forgotten(installation: Installation) -> None:
    await installation.migrate(to="20261121_0820")
    before = await installation.sql("select distinct actor_name from activity_entries order by 1")
    await installation.migrate()

    names = await installation.sql("select distinct actor_name from activity_entries order by 1")
    assert [row["actor_name"] for row in before] == [OPERATOR, OWNER, None]
    assert [row["actor_name"] for row in names] == ["Aisha Jacobs", "Naledi Dlamini", None]
