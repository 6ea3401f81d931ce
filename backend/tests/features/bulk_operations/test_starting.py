"""What an operation is about is what the list shows, fixed when it begins; what cannot begin changes nothing."""

import asyncio
import uuid
from typing import Any

import pytest

from capecontrol.core.permissions import Permission
from capecontrol.features.system.bulk import REVIVE
from tests.features.bulk_operations.builders import place_dead_letters, revivals, shown, start
from tests.features.bulk_operations.conftest import Kind
from tests.features.projects.builders import build_project
from tests.outbox_drain import Drain
from tests.people import People
from tests.security.world import World


async def test_a_filter_means_what_the_list_shows_with_it(world: World, drain: Drain) -> None:
    done = [await build_project(world, "COMPLETED") for _ in range(3)]
    other = await build_project(world)
    operation = await start(world.operator, "projects.archive", filter={"status": "COMPLETED", "q": "canary"})
    assert (operation["state"], operation["total"], operation["started_at"]) == ("QUEUED", 3, None)
    late = await build_project(world, "COMPLETED")
    await drain()
    listed = (await world.operator.client.get("/api/projects", params={"status": "ARCHIVED"})).json()["items"]
    assert {project["id"] for project in listed} == set(done)
    kept = (await world.operator.client.get("/api/projects")).json()["items"]
    assert {project["id"]: project["status"] for project in kept if project["id"] in (other, late)} == {
        other: "DRAFT",
        late: "COMPLETED",
    }


async def test_it_is_accepted_with_its_place_and_found_there_and_in_the_list(world: World) -> None:
    (letter,) = await place_dead_letters(world, 1)
    body = {"kind": "dead_letters.revive", "ids": [letter, letter]}
    answer = await world.operator.client.post("/api/bulk-operations", body)
    assert (answer.status_code, answer.json()["total"]) == (202, 1)
    place = answer.headers["location"]
    assert (await world.operator.client.get(place)).json() == answer.json()
    listed = (await world.operator.client.get("/api/bulk-operations", params={"state": "QUEUED"})).json()
    assert listed["items"] == [answer.json()]


async def test_the_audit_keeps_who_started_what(world: World) -> None:
    await place_dead_letters(world, 2)
    operation = await start(world.operator, filter={"consumer": "proposals.mail"})
    (event,) = (await world.operator.client.get("/api/audit", params={"action": "bulk_operation."})).json()["items"]
    assert (event["action"], event["actor_id"]) == ("bulk_operation.started", str(world.operator.id))
    assert event["resource_id"] == operation["id"]
    assert event["metadata"] == {
        "kind": "dead_letters.revive",
        "total": 2,
        "filter": {"consumer": "proposals.mail"},
    }


ONE = str(uuid.uuid4())


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"kind": "projects.burn", "filter": {}}, "/kind"),
        ({"kind": "projects.archive"}, "/filter"),
        ({"kind": "projects.archive", "filter": {}, "ids": [ONE]}, "/filter"),
        ({"kind": "projects.archive", "ids": []}, "/ids"),
        ({"kind": "projects.archive", "ids": [ONE] * 1001}, "/ids"),
        ({"kind": "projects.archive", "ids": ["one"]}, "/ids/0"),
        ({"kind": "projects.archive", "filter": {"status": "BURNT"}}, "/filter/status"),
        ({"kind": "projects.archive", "filter": {"consumer": "proposals.mail"}}, "/filter/consumer"),
        ({"kind": "projects.archive", "filter": {"sort": "title"}}, "/filter/sort"),
        ({"kind": "projects.archive", "filter": {"from": "yesterday"}}, "/filter/from"),
        ({"kind": "projects.archive", "filter": {"since": "2026-11-21T00:00:00Z"}}, "/filter/since"),
        ({"kind": "projects.archive", "filter": {"org_id": "harbour"}}, "/filter/org_id"),
        ({"kind": "projects.archive", "filter": {"q": "x\u0000"}}, "/filter/q"),
    ],
)
async def test_what_the_list_would_refuse_is_refused_by_its_place(
    body: dict[str, Any], pointer: str, world: World
) -> None:
    answer = await world.operator.client.post("/api/bulk-operations", body)
    assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (422, [pointer])
    assert await world.count("bulk_operations") == 0


@pytest.mark.parametrize(
    ("kind", "path", "wrong"),
    [
        ("projects.archive", "/api/projects", {"status": "BURNT", "to": "tomorrow", "org_id": "harbour"}),
        ("workflows.pause", "/api/workflows", {"failing": "perhaps", "project_id": "harbour"}),
        ("dead_letters.revive", "/api/system/dead-letters", {"consumer": "x" * 101}),
    ],
)
async def test_it_is_refused_in_the_words_of_the_list(
    kind: str, path: str, wrong: dict[str, str], world: World
) -> None:
    listed = (await world.operator.client.get(path, params=wrong)).json()["errors"]
    body = {"kind": kind, "filter": wrong}
    answer = await world.operator.client.post("/api/bulk-operations", body)
    assert answer.json()["errors"] == [one | {"pointer": f"/filter{one['pointer']}"} for one in listed]
    assert {one["pointer"] for one in listed} == {f"/{name}" for name in wrong}


async def test_a_filter_that_finds_nothing_is_refused(world: World) -> None:
    body = {"kind": "projects.archive", "filter": {"status": "COMPLETED"}}
    answer = await world.operator.client.post("/api/bulk-operations", body)
    assert (answer.status_code, answer.json()["type"]) == (409, "bulk-operations/nothing-matches")
    assert await world.count("bulk_operations") == 0


async def test_more_than_an_operation_changes_are_refused(world: World) -> None:
    await place_dead_letters(world, 10_001)
    body = {"kind": "dead_letters.revive", "filter": {}}
    answer = await world.operator.client.post("/api/bulk-operations", body)
    assert (answer.status_code, answer.json()["type"]) == (409, "bulk-operations/too-many")
    assert "10,000" in answer.json()["detail"]
    assert await world.count("bulk_operations") == 0
    await world.sql("delete from outbox where id in (select id from outbox where dead_at is not null limit 1)")
    assert (await start(world.operator, filter={}))["total"] == 10_000


async def test_a_person_has_one_of_a_kind_at_a_time(world: World, people: People, drain: Drain) -> None:
    first, second, third = await place_dead_letters(world, 3)
    body = {"kind": "dead_letters.revive", "ids": [first]}
    post = world.operator.client.post
    answers = await asyncio.gather(*(post("/api/bulk-operations", body) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [202, 409, 409, 409]
    (refusal, *_) = [answer.json() for answer in answers if answer.status_code == 409]
    assert refusal["type"] == "bulk-operations/already-active"
    await start(world.operator, "projects.archive", ids=[await build_project(world, "COMPLETED")])
    await start(await people.operator(), ids=[second])
    await drain()
    await start(world.operator, ids=[third])


async def test_the_right_to_the_act_itself_is_needed(world: World, reviving: Kind) -> None:
    (letter,) = await place_dead_letters(world, 1)
    with reviving(REVIVE.act, Permission("nobodys:right")):
        answer = await world.operator.client.post(
            "/api/bulk-operations", {"kind": "dead_letters.revive", "ids": [letter]}
        )
    assert answer.status_code == 403
    assert await world.count("bulk_operations") == 0
    (blocked,) = (await world.operator.client.get("/api/audit", params={"action": "access."})).json()["items"]
    assert (blocked["outcome"], blocked["resource"]) == ("DENIED", "operation/start_bulk_operation")


async def test_to_colleagues_without_the_right_it_is_not_there(
    world: World, people: People, reviving: Kind, drain: Drain
) -> None:
    (letter,) = await place_dead_letters(world, 1)
    operation, colleague = await start(world.operator, ids=[letter]), await people.operator()
    place = f"/api/bulk-operations/{operation['id']}"
    with reviving(REVIVE.act, Permission("nobodys:right")):
        assert (await shown(world.operator, operation))["state"] == "QUEUED"
        theirs = await colleague.client.get(place)
        never = await colleague.client.get(f"/api/bulk-operations/{uuid.uuid4()}")
        assert (theirs.status_code, theirs.json()["detail"]) == (404, never.json()["detail"])
        assert (await colleague.client.post(f"{place}/cancel")).status_code == 404
    await drain()
    assert await revivals(world) == [letter]


async def test_a_colleague_with_the_right_may_cancel_it(world: World, people: People, drain: Drain) -> None:
    operation, colleague = await start(world.operator, ids=await place_dead_letters(world, 1)), await people.operator()
    assert (await colleague.client.get("/api/bulk-operations")).json()["items"] == []
    assert (await shown(colleague, operation))["id"] == operation["id"]
    assert (await colleague.client.post(f"/api/bulk-operations/{operation['id']}/cancel")).status_code == 200
    await drain()
    assert await revivals(world) == []
    (event,) = (await world.operator.client.get("/api/audit", params={"action": "bulk_operation.cancelled"})).json()[
        "items"
    ]
    assert event["actor_id"] == str(colleague.id)


async def test_a_search_by_words_finds_the_same_ids_as_its_list(world: World) -> None:
    for _ in range(3):
        await build_project(world)
    listed = (await world.operator.client.get("/api/projects", params={"q": "canary 1"})).json()["items"]
    answer = await start(world.operator, "projects.archive", filter={"q": "canary 1"})
    assert answer["total"] == len(listed) > 0
