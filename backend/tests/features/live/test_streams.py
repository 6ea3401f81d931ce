"""What a stream tells, and to whom."""

import uuid
from datetime import timedelta

import pytest
from fastapi import FastAPI

from capecontrol.core.changes.topic import Topic, TopicTable
from capecontrol.core.permissions import Role
from capecontrol.features.projects.permissions import PROJECTS_READ
from tests.features.live.conftest import Live
from tests.features.live.listener import Heard, Listener, listening
from tests.features.projects.builders import build_project
from tests.features.proposals.builders import build_draft, build_sent_proposal
from tests.moving_clock import MovingClock
from tests.security.world import World


async def test_a_change_is_told_to_whoever_may_read_it(running: FastAPI, world: World) -> None:
    owner = await world.member(Role.OWNER)
    async with (
        listening(running, owner.client.token) as theirs,
        listening(running, world.operator.client.token) as staffs,
    ):
        project = await build_project(world)
        told = [await theirs.until(("projects", project)), await staffs.until(("projects", project))]
    assert [each.count(("projects", project)) for each in told] == [1, 1]


async def test_the_answer_is_one_that_nobody_keeps_or_holds_back(running: FastAPI, world: World) -> None:
    async with listening(running, world.operator.client.token) as stream:
        assert stream.status == 200
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert stream.headers["cache-control"] == "no-store"
        assert stream.headers["x-accel-buffering"] == "no"


async def test_an_event_names_what_changed_and_tells_nothing_of_it(running: FastAPI, world: World) -> None:
    async with listening(running, world.operator.client.token) as stream:
        proposal = await build_draft(world)
        await stream.until(("proposals", proposal))
    answer = (await world.operator.client.get(f"/api/proposals/{proposal}")).json()
    assert answer["title"] not in stream.body.decode()
    assert answer["project_id"] in stream.body.decode()


@pytest.mark.isolation
async def test_another_organization_hears_nothing(running: FastAPI, world: World) -> None:
    foreign = await world.member(Role.OWNER, foreign=True)
    async with (
        listening(running, foreign.client.token) as theirs,
        listening(running, world.operator.client.token) as staffs,
    ):
        project = await build_project(world)
        await staffs.until(("projects", project))
        body = {"org_id": str(world.foreign), "title": "Of the other one"}
        own = (await world.post("/api/projects", body))["id"]
        told = await theirs.until(("projects", own))
    assert ("projects", project) not in told
    assert str(world.own) not in theirs.body.decode()


async def test_a_client_hears_of_a_proposal_once_it_is_sent(running: FastAPI, world: World) -> None:
    owner = await world.member(Role.OWNER)
    async with listening(running, owner.client.token) as stream:
        draft, sent = await build_draft(world), await build_sent_proposal(world)
        told = await stream.until(("proposals", sent))
    assert ("proposals", draft) not in told
    assert draft not in stream.body.decode()
    assert [one for one in told if one == ("proposals", sent)] == [("proposals", sent)]


async def test_a_role_without_the_permission_hears_nothing_of_the_topic(running: FastAPI, world: World) -> None:
    auditor = await world.people.person(Role.AUDITOR)
    async with (
        listening(running, auditor.client.token) as theirs,
        listening(running, world.operator.client.token) as staffs,
    ):
        project = await build_project(world)
        await staffs.until(("projects", project))
        assert project not in theirs.body.decode()
    assert theirs.status == 200


async def test_who_comes_again_hears_what_it_missed_and_nothing_twice(running: FastAPI, world: World) -> None:
    token = world.operator.client.token
    async with listening(running, token) as stream:
        first = await build_project(world)
        await stream.until(("projects", first))
    missed = [await build_project(world), await build_project(world)]
    async with listening(running, token, stream.last_event_id) as again:
        later = await build_project(world)
        told = await again.until(("projects", later))
    assert [one for topic, one in told if topic == "projects"] == [*missed, later]


async def test_a_sign_of_life_moves_its_reader_on(live: Live, world: World) -> None:
    """Else whoever hears nothing for an hour would be told to ask for everything again."""
    async with live(beat_seconds=0.1) as (app, _), listening(app, world.operator.client.token) as stream:
        began = (await stream.next()).retry
        first, second = await _beat(stream), await _beat(stream)
    assert began is not None
    assert first.id
    assert second.id


async def _beat(stream: Listener) -> Heard:
    while not (heard := await stream.next()).is_beat:
        pass
    return heard


async def test_what_changed_while_a_page_asked_for_its_data_is_told(running: FastAPI, world: World) -> None:
    """Its stream begins after that."""
    project = await build_project(world)
    async with listening(running, world.operator.client.token) as stream:
        assert ("projects", project) in await stream.changed()


async def test_who_was_away_for_longer_than_changes_are_kept_asks_for_everything(
    running: FastAPI, world: World, clock: MovingClock
) -> None:
    async with listening(running, world.operator.client.token) as stream:
        await stream.until(("projects", await build_project(world)))
    clock.advance(timedelta(minutes=61))
    async with listening(running, world.operator.client.token, stream.last_event_id) as again:
        assert (await again.next("resync")).data == {"event": "resync"}


async def test_a_place_that_never_was_is_none(running: FastAPI, world: World) -> None:
    snapshots = ("1/3:2:", "1/0:5:", "1/1:9:7,5", "1/1:9:10", f"1/1:{2**63}:", "x", "1/1:1:,", f"1/1:{uuid.uuid4()}:")
    far = f"{int(world.people.factory.clock.now().timestamp())}/1:{2**62}:"
    for place in (*snapshots, far, "9" * 5000):
        async with listening(running, world.operator.client.token, place) as stream:
            assert stream.status == 200
            assert (await stream.next("resync")).data == {"event": "resync"}


async def test_all_who_hear_the_business_hear_of_it_when_they_come_again(running: FastAPI, world: World) -> None:
    """Row-level security shows members only rows of their organization: they are told of it in any case."""
    owner = await world.member(Role.OWNER)
    async with listening(running, owner.client.token) as stream:
        await stream.until(("projects", await build_project(world)))
    async with listening(running, owner.client.token, stream.last_event_id) as again:
        assert await again.changed() == [("business", None)]


async def test_what_is_the_whole_platforms_is_told_again_by_its_topic(live: Live, world: World) -> None:
    """Whatever it is: a feature declares it without a permission."""
    owner = await world.member(Role.OWNER)
    topics = TopicTable([{Topic.BUSINESS: None, Topic.SYSTEM: None, Topic.PROJECTS: PROJECTS_READ}])
    async with live(topics=topics) as (app, _):
        async with listening(app, owner.client.token) as stream:
            await stream.until(("projects", await build_project(world)))
        async with listening(app, owner.client.token, stream.last_event_id) as again:
            assert await again.changed() == [("business", None), ("system", None)]
