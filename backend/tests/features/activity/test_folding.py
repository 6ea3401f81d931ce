"""Runs of a workflow on a day of the business are one line, wherever a page ends."""

import json
import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.ids import new_id
from capecontrol.core.work import UnitOfWorkFactory
from tests.features.activity.test_entries import make_project, timeline
from tests.features.proposals.builders import LINE_ITEMS
from tests.people import SYSTEM, People, Person

ENTRY = """
insert into activity_entries (id, org_id, occurred_at, kind, visibility, outcome, actor_type, subject_type, subject_id,
  resource_type, resource_id, data, created_at)
values (:id, :org_id, :at, :kind, :visibility, :outcome, 'SYSTEM', 'project', :project_id, 'execution',
  :run, cast(:data as jsonb), :at)
"""
#: The business is in Johannesburg, two hours ahead: its Friday ends at 22:00.
FRIDAY = datetime(2026, 11, 20, 8, tzinfo=UTC)
Entry = dict[str, Any]


class Runs:
    """Writes entries of runs under a project."""

    def __init__(self, factory: UnitOfWorkFactory, project: Entry) -> None:
        self.project = project
        self._factory = factory

    async def add(
        self,
        at: datetime,
        *,
        has_failed: bool = False,
        template: str | None = "Harbour sync",
        kind: str = "execution.finished",
        visibility: str = "CLIENT",
        run: uuid.UUID | None = None,
    ) -> None:
        status = {"status": "ERROR" if has_failed else "SUCCESS"} if kind == "execution.finished" else {}
        async with self._factory.unit(SYSTEM, PlatformScope("tests")) as work:
            await work.session.execute(
                text(ENTRY),
                {
                    "id": new_id(), "org_id": self.project["org_id"], "at": at, "kind": kind,
                    "visibility": visibility, "outcome": "FAILURE" if has_failed else "SUCCESS",
                    "project_id": self.project["id"], "run": run or new_id(),
                    "data": json.dumps(status | ({"template": template} if template else {})),
                },
            )  # fmt: skip


async def begin(people: People, factory: UnitOfWorkFactory) -> tuple[Person, Runs]:
    owner = await people.owner()
    assert owner.org_id is not None
    return owner, Runs(factory, await make_project(await people.operator(), owner.org_id))


async def lines(person: Person, project: Entry) -> list[tuple[str, str | None, str, datetime]]:
    """Return what the timeline tells beside the project itself."""
    return [
        (one["title"], one["detail"], one["tone"], datetime.fromisoformat(one["at"]))
        for one in await timeline(person, project)
        if one["action"] != "project.created"
    ]


async def test_runs_of_a_day_are_one_line_where_the_latest_was(people: People, factory: UnitOfWorkFactory) -> None:
    owner, runs = await begin(people, factory)
    for hour in range(12):
        await runs.add(FRIDAY + timedelta(hours=hour), has_failed=hour in (3, 4))
    await runs.add(FRIDAY + timedelta(hours=5), template="Invoice reminders", has_failed=True)
    await runs.add(FRIDAY + timedelta(hours=6), kind="execution.requested")

    assert await lines(owner, runs.project) == [
        ("Harbour sync ran 12 times, 2 failed", None, "BAD", FRIDAY + timedelta(hours=11)),
        ("Run started", "Harbour sync", "NEUTRAL", FRIDAY + timedelta(hours=6)),
        ("Run failed", "Invoice reminders", "BAD", FRIDAY + timedelta(hours=5)),
    ]
    _, newest, *_ = await timeline(owner, runs.project)
    dashboard = (await owner.client.get("/api/dashboard")).json()["activity"]
    assert newest["link"] == f"/projects/{runs.project['id']}?tab=workflows"
    assert "Harbour sync ran 12 times, 2 failed" in [one["title"] for one in dashboard]


async def test_a_failure_is_seen_by_its_picture_on_the_timeline_and_on_the_dashboard(
    people: People, factory: UnitOfWorkFactory
) -> None:
    owner, runs = await begin(people, factory)
    await runs.add(FRIDAY, template="Invoice reminders", has_failed=True)
    await runs.add(FRIDAY, template="Lead capture")
    for minute in range(2):
        await runs.add(FRIDAY + timedelta(minutes=minute), has_failed=minute == 0)

    dashboard = (await owner.client.get("/api/dashboard")).json()["activity"]
    for told in (await timeline(owner, runs.project), dashboard):
        seen = {one["title"]: (one["icon"], one["tone"]) for one in told if "project" not in one["title"].lower()}
        assert seen == {
            "Harbour sync ran 2 times, 1 failed": ("WARNING", "BAD"),
            "Run failed": ("WARNING", "BAD"),
            "Run succeeded": ("BOLT", "NEUTRAL"),
        }


async def test_a_run_that_ended_is_told_once_by_its_end(people: People, factory: UnitOfWorkFactory) -> None:
    owner, runs = await begin(people, factory)
    ended = [new_id() for _ in range(3)]
    for minute, run in enumerate([*ended, new_id(), new_id()]):
        await runs.add(FRIDAY + timedelta(minutes=minute), kind="execution.requested", run=run)
    for minute, run in enumerate(ended):
        await runs.add(FRIDAY + timedelta(minutes=10 + minute), run=run, has_failed=minute == 1)

    assert [line[0] for line in await lines(owner, runs.project)] == [
        "Harbour sync ran 3 times, 1 failed",
        "Harbour sync was started 2 times",
    ]
    dashboard = (await owner.client.get("/api/dashboard")).json()["activity"]
    assert [one["title"] for one in dashboard if "Harbour" in one["title"]] == [
        "Harbour sync ran 3 times, 1 failed",
        "Harbour sync was started 2 times",
    ]


async def test_a_start_is_told_until_its_own_run_has_ended(people: People, factory: UnitOfWorkFactory) -> None:
    owner, runs = await begin(people, factory)
    run = new_id()
    await runs.add(FRIDAY, kind="execution.requested", run=run)
    await runs.add(FRIDAY + timedelta(minutes=1), template="Lead capture")
    assert [line[0] for line in await lines(owner, runs.project)] == ["Run succeeded", "Run started"]
    await runs.add(FRIDAY + timedelta(minutes=2), run=run)
    assert [line[:2] for line in await lines(owner, runs.project)] == [
        ("Run succeeded", "Harbour sync"),
        ("Run succeeded", "Lead capture"),
    ]


async def test_what_went_well_or_failed_altogether_is_said_so(people: People, factory: UnitOfWorkFactory) -> None:
    owner, runs = await begin(people, factory)
    for days, has_failed in ((1, True), (0, False)):
        for minute in range(3):
            await runs.add(FRIDAY - timedelta(days=days, minutes=minute), has_failed=has_failed)

    assert [line[:3] for line in await lines(owner, runs.project)] == [
        ("Harbour sync ran 3 times", None, "NEUTRAL"),
        ("Harbour sync failed 3 times", None, "BAD"),
    ]


async def test_a_day_ends_at_the_midnight_of_the_business(people: People, factory: UnitOfWorkFactory) -> None:
    owner, runs = await begin(people, factory)
    midnight = FRIDAY.replace(hour=22)
    for moment in (midnight - timedelta(minutes=2), midnight - timedelta(minutes=1), midnight):
        await runs.add(moment)

    assert [(title, at) for title, _, _, at in await lines(owner, runs.project)] == [
        ("Run succeeded", midnight),
        ("Harbour sync ran 2 times", midnight - timedelta(minutes=1)),
    ]


async def test_a_client_is_not_told_how_often_something_happened_that_it_is_not_told(
    people: People, factory: UnitOfWorkFactory
) -> None:
    owner, runs = await begin(people, factory)
    await runs.add(FRIDAY)
    await runs.add(FRIDAY + timedelta(hours=1), visibility="STAFF", has_failed=True)

    assert [line[0] for line in await lines(owner, runs.project)] == ["Run succeeded"]
    assert [line[0] for line in await lines(await people.operator(), runs.project)] == ["Run failed", "Run succeeded"]


async def test_projects_are_told_apart_and_so_is_what_names_no_workflow(
    people: People, factory: UnitOfWorkFactory
) -> None:
    owner, runs = await begin(people, factory)
    assert owner.org_id is not None
    other = Runs(factory, await make_project(await people.operator(), owner.org_id))
    await runs.add(FRIDAY)
    await other.add(FRIDAY + timedelta(hours=1))
    for minute in range(2):
        await runs.add(FRIDAY + timedelta(minutes=minute), template=None)

    assert [line[0] for line in await lines(owner, runs.project)] == ["Run succeeded"] * 3
    assert [line[0] for line in await lines(owner, other.project)] == ["Run succeeded"]


async def test_whoever_follows_cursors_reads_each_line_once_also_while_runs_go_on(
    people: People, factory: UnitOfWorkFactory
) -> None:
    owner, runs = await begin(people, factory)
    for number in range(30):
        day = FRIDAY - timedelta(days=number // 5)
        await runs.add(day + timedelta(minutes=number % 5), has_failed=number % 5 == 1)
    path, told, cursor = f"/api/projects/{runs.project['id']}/activity", [], None
    while True:
        page = (await owner.client.get(path, params={"limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
        told += [one for one in page["items"] if one["action"] == "execution.finished"]
        await runs.add(FRIDAY + timedelta(hours=len(told)))
        if (cursor := page["next_cursor"]) is None:
            break

    assert Counter(one["title"] for one in told) == {"Harbour sync ran 5 times, 1 failed": 6}
    assert len({uuid.UUID(one["id"]) for one in told}) == 6
    assert (await owner.client.get(path)).json()["total"] == 7


async def test_saves_of_a_draft_on_a_day_are_one_line(people: People, factory: UnitOfWorkFactory) -> None:
    operator, (_, runs) = await people.operator(), await begin(people, factory)
    body = {"project_id": runs.project["id"], "title": "Harbour", "line_items": LINE_ITEMS}
    draft = (await operator.client.post("/api/proposals", body)).json()
    saved = []
    for number in range(3):
        answer = await operator.client.patch(f"/api/proposals/{draft['id']}", {"title": f"Harbour {number}"})
        assert answer.status_code == 200
        saved.append((await lines(operator, runs.project))[0][0])
    assert saved == ["Proposal v1 edited", "Proposal v1 edited 2 times", "Proposal v1 edited 3 times"]
    assert [title for title, *_ in await lines(operator, runs.project)] == [saved[-1], "Proposal v1 drafted"]
