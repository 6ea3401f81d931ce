"""Projects over HTTP: made, found, edited, moved, told."""

import asyncio
import hashlib
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.projects.dao import ProjectDao
from capecontrol.features.projects.interface import ProjectStatus, advance_project
from capecontrol.features.projects.models import Project
from tests.features.audit.log import search
from tests.moving_clock import MovingClock
from tests.people import SYSTEM, People, Person


async def make(operator: Person, org_id: uuid.UUID, title: str = "Lead capture") -> dict[str, Any]:
    answer = await operator.client.post("/api/projects", {"org_id": str(org_id), "title": title})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_a_new_project_is_a_draft_with_a_code_of_the_year(people: People) -> None:
    operator, org_id = await people.operator(), await people.organization("Harbour Logistics")

    first, second = await make(operator, org_id), await make(operator, org_id)

    year = datetime.now(ZoneInfo("Africa/Johannesburg")).year
    assert first["code"] == f"PRJ-{year}-001"
    assert second["code"] == f"PRJ-{year}-002"
    assert first["status"] == "DRAFT"
    assert first["next_statuses"] == ["PROPOSED"]
    assert first["organization"] == {"id": str(org_id), "name": "Harbour Logistics"}
    assert first["created_by"] == str(operator.id)
    assert first["created_at"].endswith("Z")


async def test_the_year_of_a_code_is_the_issuers(people: People, clock: MovingClock) -> None:
    operator, org_id = await people.operator(), await people.organization()
    new_years_eve = datetime(datetime.now(UTC).year, 12, 31, 22, 30, tzinfo=UTC)
    clock.advance(new_years_eve - clock.now())
    operator = await people.operator()

    project = await make(operator, org_id)

    # 00:30 in Johannesburg.
    assert project["code"] == f"PRJ-{new_years_eve.year + 1}-001"


@pytest.mark.parametrize("missing", ["revision", "title"])
async def test_a_project_is_not_inserted_without_what_nothing_else_gives(missing: str, people: People) -> None:
    """Defaults do not apply where it is inserted: it must not become null instead."""
    given = {
        "id": uuid.uuid4(),
        "org_id": await people.organization(),
        "title": "Lead capture",
        "description": "",
        "status": ProjectStatus.DRAFT,
        "revision": 1,
    }
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        with pytest.raises(TypeError, match=missing):
            await ProjectDao(work).add_numbered(Project(**given | {missing: None}), 2026)
        del given[missing]
        with pytest.raises(TypeError, match=missing):
            await ProjectDao(work).add_numbered(Project(**given), 2026)


async def test_many_at_once_get_different_codes(people: People) -> None:
    operator, org_id = await people.operator(), await people.organization()
    await operator.client.csrf()

    made = await asyncio.gather(*(make(operator, org_id) for _ in range(10)))

    assert sorted(int(project["code"][-3:]) for project in made) == list(range(1, 11))


@pytest.mark.parametrize(("number", "digits"), [(99, "099"), (999, "999"), (1000, "1000"), (12345, "12345")])
async def test_a_code_has_three_digits_or_more(number: int, digits: str, people: People) -> None:
    operator, org_id = await people.operator(), await people.organization()
    first = (await make(operator, org_id))["code"]
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(text("update number_series set next_value = :number"), {"number": number})

    assert (await make(operator, org_id))["code"] == first.removesuffix("001") + digits


async def test_a_repeated_request_makes_one_project(people: People) -> None:
    operator, org_id = await people.operator(), await people.organization()
    body, headers = {"org_id": str(org_id), "title": "Once"}, {"Idempotency-Key": "once-and-only-once"}

    first = await operator.client.post("/api/projects", body, headers=headers)
    again = await operator.client.post("/api/projects", body, headers=headers)

    assert first.json() == again.json()
    assert (await operator.client.get("/api/projects")).json()["total"] == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"title": "No organization"}, "/org_id"),
        ({"org_id": str(uuid.uuid4()), "title": "Unknown organization"}, "/org_id"),
        ({"org_id": "no id", "title": "Bad id"}, "/org_id"),
        ({"org_id": str(uuid.uuid4()), "title": ""}, "/title"),
        ({"org_id": str(uuid.uuid4()), "title": "x" * 201}, "/title"),
        ({"org_id": str(uuid.uuid4()), "title": "line\nbreak"}, "/title"),
        ({"org_id": str(uuid.uuid4()), "title": "nul\x00"}, "/title"),
        ({"org_id": str(uuid.uuid4()), "title": "Extra", "colour": "red"}, "/colour"),
        ({"org_id": str(uuid.uuid4()), "title": 7}, "/title"),
    ],
)
async def test_what_is_not_valid_is_named(people: People, body: dict[str, Any], pointer: str) -> None:
    operator = await people.operator()

    answer = await operator.client.post("/api/projects", body)

    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert (await operator.client.get("/api/projects")).json()["total"] == 0


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMINISTRATOR, Role.USER])
async def test_clients_read_their_own_and_change_nothing(people: People, role: Role) -> None:
    operator, org_id = await people.operator(), await people.organization("Own")
    other = await make(operator, await people.organization("Other"))
    own = await make(operator, org_id)
    member = await people.person(role, org_id)

    listed = await member.client.get("/api/projects")
    assert [item["id"] for item in listed.json()["items"]] == [own["id"]]
    assert (await member.client.get(f"/api/projects/{own['id']}")).json() == own
    foreign = await member.client.get("/api/projects", params={"org_id": other["org_id"]})
    assert foreign.json()["total"] == 0
    for method, path, body in (
        ("POST", "/api/projects", {"org_id": str(org_id), "title": "Mine"}),
        ("PATCH", f"/api/projects/{own['id']}", {"title": "Mine"}),
        ("POST", f"/api/projects/{own['id']}/status", {"status": "PROPOSED"}),
    ):
        refused = await member.client.request(method, path, json=body)
        assert refused.status_code == 403, refused.text


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DEVELOPER])
async def test_other_staff_have_no_business_here(people: People, role: Role) -> None:
    person = await people.person(role)

    assert (await person.client.get("/api/projects")).status_code == 403


async def test_a_strangers_request_is_refused(people: People) -> None:
    assert (await people.stranger().get("/api/projects")).status_code == 401


@pytest.mark.parametrize("path", ["", "/activity"])
async def test_anothers_project_and_none_are_the_same_answer(people: People, path: str) -> None:
    operator, owner = await people.operator(), await people.owner("Own")
    foreign = await make(operator, await people.organization("Other"))

    answers = [
        await owner.client.get(f"/api/projects/{identifier}{path}")
        for identifier in (foreign["id"], uuid.uuid4(), "no-id")
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    bodies = [{**answer.json(), "instance": None} for answer in answers]
    assert bodies[0] == bodies[1] == bodies[2]


async def test_filters_narrow_the_list(people: People, clock: MovingClock) -> None:
    operator, one, two = await people.operator(), await people.organization("One"), await people.organization("Two")
    early = await make(operator, one, "Invoice 100% reminder")
    clock.advance(timedelta(minutes=5))
    between = clock.now().isoformat()
    clock.advance(timedelta(minutes=5))
    late = await make(operator, two, "Lead capture")
    await operator.client.post(f"/api/projects/{late['id']}/status", {"status": "PROPOSED"})

    async def found(**params: str) -> list[str]:
        answer = await operator.client.get("/api/projects", params=params)
        assert answer.status_code == 200, answer.text
        return [item["id"] for item in answer.json()["items"]]

    assert await found() == [late["id"], early["id"]]
    assert await found(status="PROPOSED") == [late["id"]]
    assert await found(org_id=str(one)) == [early["id"]]
    assert await found(q="100%") == [early["id"]]
    assert await found(q=late["code"].lower()) == [late["id"]]
    assert await found(**{"from": between}) == [late["id"]]
    assert await found(to=between) == [early["id"]]
    assert (await operator.client.get("/api/projects", params={"status": "GONE"})).status_code == 422


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "5", "2026-01-01", "soon"]
)
async def test_what_is_no_moment_is_no_filter(people: People, moment: str) -> None:
    operator = await people.operator()

    answer = await operator.client.get("/api/projects", params={"from": moment})

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/from"]


@pytest.mark.parametrize("tag", ['W/"1"', "1", '"7"', ""])
async def test_a_tag_that_is_not_the_revisions(people: People, tag: str) -> None:
    operator = await people.operator()
    path = f"/api/projects/{(await make(operator, await people.organization()))['id']}"

    answer = await operator.client.patch(path, {"title": "New"}, headers={"If-Match": tag})

    assert answer.status_code == 412


@pytest.mark.parametrize("tag", ["*", '"1"', '"7", "1"'])
async def test_a_tag_that_is_the_revisions(people: People, tag: str) -> None:
    operator = await people.operator()
    path = f"/api/projects/{(await make(operator, await people.organization()))['id']}"

    answer = await operator.client.patch(path, {"title": "New"}, headers={"If-Match": tag})

    assert answer.status_code == 200


async def test_paging_by_number_and_by_cursor(people: People) -> None:
    operator, org_id = await people.operator(), await people.organization()
    made = [(await make(operator, org_id))["id"] for _ in range(3)]

    first = (await operator.client.get("/api/projects", params={"limit": 2})).json()
    second = (await operator.client.get("/api/projects", params={"limit": 2, "page": 2})).json()
    after = (await operator.client.get("/api/projects", params={"limit": 2, "cursor": first["next_cursor"]})).json()

    assert [item["id"] for item in first["items"] + second["items"]] == made[::-1]
    assert (first["total"], first["page"], first["pages"]) == (3, 1, 2)
    assert [item["id"] for item in after["items"]] == made[:1]
    assert (after["page"], after["pages"], after["next_cursor"]) == (None, None, None)


async def test_an_edit_raises_the_revision(people: People) -> None:
    operator = await people.operator()
    path = f"/api/projects/{(await make(operator, await people.organization()))['id']}"
    before = await operator.client.get(path)

    saved = await operator.client.patch(
        path, {"title": "New title", "description": "Two\nlines"}, headers={"If-Match": before.headers["ETag"]}
    )
    late = await operator.client.patch(path, {"title": "Too late"}, headers={"If-Match": before.headers["ETag"]})

    assert saved.status_code == 200, saved.text
    assert (saved.json()["title"], saved.json()["description"]) == ("New title", "Two\nlines")
    assert saved.headers["ETag"] != before.headers["ETag"]
    assert late.status_code == 412
    assert (await operator.client.get(path)).json()["title"] == "New title"


async def test_what_is_told_of_an_edit_is_true_of_a_new_title_too(people: People) -> None:
    operator, org_id = await people.operator(), await people.organization()
    made = (await operator.client.post("/api/projects", {"org_id": str(org_id), "title": "Lead capture"})).json()
    renamed = await operator.client.patch(f"/api/projects/{made['id']}", {"title": "Order intake"})
    assert renamed.status_code == 200
    told = (await operator.client.get(f"/api/projects/{made['id']}/activity")).json()["items"]
    assert [(one["title"], one["detail"]) for one in told if one["action"] == "project.updated"] == [
        ("Project details changed", None)
    ]


async def test_an_edit_is_recorded_from_what_to_what_and_long_texts_by_their_digest(people: People) -> None:
    operator, auditor = await people.operator(), await people.person(Role.AUDITOR)
    path, text_now = f"/api/projects/{(await make(operator, await people.organization()))['id']}", "Two\nlines"
    await operator.client.patch(path, {"title": "Order intake", "description": text_now})
    await operator.client.patch(path, {"title": "Order intake, again"})

    second, first = await search(auditor, action="project.updated")

    digest = hashlib.sha256(text_now.encode()).hexdigest()
    assert first["metadata"] == {
        "code": first["metadata"]["code"],
        "before": {"title": "Lead capture", "description": ""},
        "after": {"title": "Order intake", "description": {"length": 9, "sha256": digest}},
    }
    assert second["metadata"]["before"] == {"title": "Order intake"}
    assert second["metadata"]["after"] == {"title": "Order intake, again"}


async def test_an_edit_with_an_illegal_status_changes_nothing(people: People) -> None:
    operator = await people.operator()
    path = f"/api/projects/{(await make(operator, await people.organization()))['id']}"

    refused = await operator.client.patch(path, {"title": "New", "status": "COMPLETED"})
    moved = await operator.client.patch(path, {"title": "New", "status": "PROPOSED"})

    assert refused.status_code == 409
    assert refused.json()["type"] == "projects/illegal-transition"
    assert (moved.json()["title"], moved.json()["status"]) == ("New", "PROPOSED")


async def test_steps_go_in_order(people: People) -> None:
    operator = await people.operator()
    project = await make(operator, await people.organization())
    path = f"/api/projects/{project['id']}/status"

    skipped = await operator.client.post(path, {"status": "APPROVED"})
    assert skipped.status_code == 409
    assert skipped.json()["allowed"] == ["PROPOSED"]
    for status in ("PROPOSED", "APPROVED", "IN_PROGRESS", "COMPLETED", "ARCHIVED"):
        answer = await operator.client.post(path, {"status": status})
        assert answer.status_code == 200, answer.text
        assert answer.json()["status"] == status
    last = await operator.client.post(path, {"status": "DRAFT"})
    assert (last.status_code, last.json()["allowed"]) == (409, [])


async def test_an_override_needs_a_reason_which_the_audit_keeps(people: People) -> None:
    operator, auditor = await people.operator(), await people.person(Role.AUDITOR)
    project = await make(operator, await people.organization())
    path = f"/api/projects/{project['id']}/status"

    without = await operator.client.post(path, {"status": "IN_PROGRESS", "override": True})
    assert [error["pointer"] for error in without.json()["errors"]] == ["/reason"]
    done = await operator.client.post(
        path, {"status": "IN_PROGRESS", "override": True, "reason": "Signed on paper, paid by EFT"}
    )

    assert (done.json()["status"], done.json()["previous_status"]) == ("IN_PROGRESS", "DRAFT")
    events = await auditor.client.get("/api/audit", params={"action": "project.status_changed"})
    assert events.json()["items"][0]["metadata"] == {
        "code": project["code"],
        "from": "DRAFT",
        "to": "IN_PROGRESS",
        "override": True,
        "reason": "Signed on paper, paid by EFT",
    }


async def test_of_many_same_steps_one_is_made(people: People) -> None:
    operator = await people.operator()
    project = await make(operator, await people.organization())
    path = f"/api/projects/{project['id']}/status"
    await operator.client.csrf()

    answers = await asyncio.gather(*(operator.client.post(path, {"status": "PROPOSED"}) for _ in range(20)))

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 19


async def test_the_timeline_tells_clients_what_concerns_them(people: People) -> None:
    operator, owner = await people.operator(), await people.owner()
    assert owner.org_id is not None
    project = await make(operator, owner.org_id)
    path = f"/api/projects/{project['id']}"
    await operator.client.patch(path, {"description": "Inner notes"})
    await operator.client.post(f"{path}/status", {"status": "PROPOSED"})

    staff = (await operator.client.get(f"{path}/activity")).json()["items"]
    client = (await owner.client.get(f"{path}/activity")).json()["items"]

    assert [event["action"] for event in staff] == ["project.status_changed", "project.updated", "project.created"]
    assert [event["is_visible_to_client"] for event in staff] == [True, False, True]
    assert [event["title"] for event in client] == ["Project proposed", "Project created"]
    assert client[0]["actor"] == "Operator", "the name, not the address"


async def test_staff_see_the_timeline_as_the_client_does_behind_any_number_of_inner_acts(people: People) -> None:
    operator, owner = await people.operator(), await people.owner()
    assert owner.org_id is not None
    path = f"/api/projects/{(await make(operator, owner.org_id))['id']}"
    for number in range(60):
        answer = await operator.client.patch(path, {"description": f"Inner note {number}"})
        assert answer.status_code == 200, answer.text
    narrowed = f"{path}/activity?limit=50&visibility=CLIENT"

    everything = (await operator.client.get(f"{path}/activity?limit=50")).json()
    as_client = (await operator.client.get(narrowed)).json()
    client = (await owner.client.get(narrowed)).json()

    assert not any(event["is_visible_to_client"] for event in everything["items"])
    assert [event["title"] for event in as_client["items"]] == ["Project created"]
    assert (as_client["items"], as_client["total"]) == (client["items"], 1)
    assert client == (await owner.client.get(f"{path}/activity?limit=50")).json(), "to a client it changes nothing"


async def test_nobody_asks_for_the_inner_part_of_a_timeline_alone(people: People) -> None:
    operator, owner = await people.operator(), await people.owner()
    assert owner.org_id is not None
    path = f"/api/projects/{(await make(operator, owner.org_id))['id']}/activity"

    for person in (operator, owner):
        assert (await person.client.get(f"{path}?visibility=STAFF")).status_code == 422


async def test_what_happens_elsewhere_never_moves_a_project_back(people: People, factory: UnitOfWorkFactory) -> None:
    operator = await people.operator()
    project = await make(operator, await people.organization())
    identifier = uuid.UUID(project["id"])

    async def advance(to: ProjectStatus) -> bool:
        async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
            return await advance_project(work, identifier, to, reason="paid")

    assert await advance(ProjectStatus.IN_PROGRESS) is True
    assert await advance(ProjectStatus.IN_PROGRESS) is False
    assert await advance(ProjectStatus.PROPOSED) is False
    now = (await operator.client.get(f"/api/projects/{identifier}")).json()
    assert now["status"] == "IN_PROGRESS"
