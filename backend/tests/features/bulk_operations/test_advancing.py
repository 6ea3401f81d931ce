"""Each thing has its turn once, whatever happens to the workers, and what fails is told by name and reason."""

import asyncio
import multiprocessing
import uuid
from collections import Counter
from multiprocessing.process import BaseProcess

import pytest

from capecontrol.core.actor import Actor
from capecontrol.core.bulk.turn import BulkTurn
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.relay import Relay
from capecontrol.core.outbox.runner import Runner
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.bulk_operations.actions.advance_bulk_operation import PART_TURNS, UNEXPECTED
from capecontrol.features.bulk_operations.events import BulkPartDue
from capecontrol.features.projects.bulk import NOT_COMPLETED
from capecontrol.features.system.bulk import REVIVE
from capecontrol.main.features import event_registry
from capecontrol.main.settings import Settings
from tests.features.bulk_operations.builders import place_dead_letters, revivals, shown, start
from tests.features.bulk_operations.conftest import Kind
from tests.features.bulk_operations.worker import work_on
from tests.features.projects.builders import build_project
from tests.main.processes import until
from tests.outbox_drain import Drain, Nowhere
from tests.security.world import World


async def test_everything_is_done_and_recorded_as_if_the_person_had_done_each(world: World, drain: Drain) -> None:
    projects = [await build_project(world, "COMPLETED") for _ in range(3)]
    operation = await start(world.operator, "projects.archive", ids=projects)
    await drain()
    ended = await shown(world.operator, operation)
    assert (ended["state"], ended["succeeded"], ended["failed"], ended["errors"]) == ("DONE", 3, 0, [])
    assert ended["created_at"] <= ended["started_at"] <= ended["finished_at"] < ended["expires_at"]
    events = (await world.operator.client.get("/api/audit", params={"action": "project.status_changed"})).json()
    archived = [event for event in events["items"] if event["metadata"]["to"] == "ARCHIVED"]
    assert {event["resource_id"] for event in archived} == set(projects)
    assert {event["actor_id"] for event in archived} == {str(world.operator.id)}
    (finished,) = (await world.operator.client.get("/api/audit", params={"action": "bulk_operation.finished"})).json()[
        "items"
    ]
    assert finished["actor_id"] == str(world.operator.id)
    assert (finished["metadata"]["succeeded"], finished["metadata"]["failed"]) == (3, 0)
    assert await world.count("bulk_selections") == 0


async def test_what_fails_is_told_by_name_and_reason_and_the_rest_goes_on(world: World, drain: Drain) -> None:
    draft, done, gone = await build_project(world), await build_project(world, "COMPLETED"), str(uuid.uuid4())
    title = (await world.operator.client.get(f"/api/projects/{draft}")).json()["title"]
    operation = await start(world.operator, "projects.archive", ids=[draft, gone, done])
    await drain()
    ended = await shown(world.operator, operation)
    assert (ended["state"], ended["succeeded"], ended["failed"]) == ("DONE", 1, 2)
    assert ended["errors"] == [
        {"subject_id": draft, "name": title, "reason": NOT_COMPLETED, "may_pass": False},
        {"subject_id": gone, "name": None, "reason": "Not found", "may_pass": False},
    ]
    assert (await world.operator.client.get(f"/api/projects/{draft}")).json()["status"] == "DRAFT"


async def test_the_first_failures_are_kept_and_all_are_counted(world: World, drain: Drain) -> None:
    operation = await start(world.operator, ids=[str(uuid.uuid4()) for _ in range(23)])
    await drain()
    ended = await shown(world.operator, operation)
    assert (ended["failed"], len(ended["errors"])) == (23, 20)


async def test_a_long_operation_is_done_in_parts(world: World, drain: Drain) -> None:
    letters = await place_dead_letters(world, PART_TURNS + 5)
    operation = await start(world.operator, filter={})
    assert await drain() >= 2
    assert (await shown(world.operator, operation))["succeeded"] == PART_TURNS + 5
    assert await revivals(world) == sorted(letters)


async def test_a_worker_that_is_told_to_stop_leaves_the_rest_to_another(
    world: World, drain: Drain, reviving: Kind
) -> None:
    letters, turns = await place_dead_letters(world, 6), Counter[str]()

    async def stop_at_the_third(turn: BulkTurn) -> None:
        turns["all"] += 1
        if turns["all"] == 3:
            raise asyncio.CancelledError
        await REVIVE.act(turn)

    operation = await start(world.operator, ids=letters)
    with reviving(stop_at_the_third), pytest.raises(asyncio.CancelledError):
        await drain()
    assert (await shown(world.operator, operation))["succeeded"] == 2
    await drain()
    assert (await shown(world.operator, operation))["succeeded"] == 6
    assert await revivals(world) == sorted(letters)


async def test_an_act_that_dies_before_its_commit_is_not_counted(world: World, drain: Drain, reviving: Kind) -> None:
    """Count and effect are one transaction."""
    letters, turns = await place_dead_letters(world, 2), Counter[str]()

    async def die_once(turn: BulkTurn) -> None:
        turns["all"] += 1
        if turns["all"] > 1:
            return await REVIVE.act(turn)
        async with turn.completing():
            raise asyncio.CancelledError

    operation = await start(world.operator, ids=letters)
    with reviving(die_once):
        with pytest.raises(asyncio.CancelledError):
            await drain()
        assert (await shown(world.operator, operation))["succeeded"] == 0
        await drain()
    assert await revivals(world) == sorted(letters)


async def test_what_fails_for_a_reason_that_nobody_foresaw_holds_up_the_others_for_a_while_only(
    world: World, drain: Drain, reviving: Kind
) -> None:
    poison, *letters = await place_dead_letters(world, 4)

    async def choke(turn: BulkTurn) -> None:
        if str(turn.subject_id) == poison:
            raise ZeroDivisionError
        await REVIVE.act(turn)

    operation = await start(world.operator, ids=[letters[0], poison, *letters[1:]])
    with reviving(choke):
        await drain()
        waiting = await shown(world.operator, operation)
        assert (waiting["state"], waiting["succeeded"], waiting["failed"]) == ("RUNNING", 1, 0)
        for _ in range(2):
            await drain.make_due()
            await drain()
    ended = await shown(world.operator, operation)
    assert (ended["state"], ended["succeeded"], ended["failed"]) == ("DONE", 3, 1)
    assert ended["errors"] == [{"subject_id": poison, "name": "proposals.mail", "reason": UNEXPECTED, "may_pass": True}]


async def test_a_thing_has_the_same_key_at_each_attempt_and_another_than_the_next(
    world: World, drain: Drain, reviving: Kind
) -> None:
    """The outside, which is given it, does nothing twice."""
    keys: dict[str, list[uuid.UUID]] = {}

    async def fail_once(turn: BulkTurn) -> None:
        given = keys.setdefault(str(turn.subject_id), [])
        given.append(turn.units.operation_id)
        if len(given) == 1:
            raise RuntimeError("the connection broke behind the effect")

    letters = await place_dead_letters(world, 2)
    await start(world.operator, ids=letters)
    with reviving(fail_once):
        for _ in letters:
            await drain()
            await drain.make_due()
        await drain()

    assert [len(keys[letter]) for letter in letters] == [2, 2]
    assert len({key for given in keys.values() for key in given}) == 2
    assert all(len(set(given)) == 1 for given in keys.values())


async def test_two_workers_on_one_operation_do_nothing_twice(
    world: World, factory: UnitOfWorkFactory, ports: Ports, settings: Settings
) -> None:
    """As when one of them froze, and its message was given to the other."""
    del settings
    letters = await place_dead_letters(world, 40)
    operation = await start(world.operator, ids=letters)
    async with factory.unit(Actor.system("tests"), PlatformScope("tests")) as work:
        await work.emit(BulkPartDue(operation_id=uuid.UUID(operation["id"])))
    runner = Runner(factory, event_registry(), ports)
    due = [one.id for one in await Relay(factory, Nowhere()).sweep()]
    assert len(due) == 2
    await asyncio.gather(*(runner.run(message) for message in due))
    ended = await shown(world.operator, operation)
    assert (ended["state"], ended["succeeded"], ended["failed"]) == ("DONE", 40, 0)
    assert await revivals(world) == sorted(letters)
    finished = await world.operator.client.get("/api/audit", params={"action": "bulk_operation.finished"})
    assert len(finished.json()["items"]) == 1


async def test_a_killed_worker_leaves_nothing_half_done(world: World, drain: Drain, settings: Settings) -> None:
    letters = await place_dead_letters(world, 150)
    operation = await start(world.operator, ids=letters)
    spawn = multiprocessing.get_context("spawn")
    for kill in range(1, 4):
        worker: BaseProcess = spawn.Process(target=work_on, args=(settings,), daemon=True)
        worker.start()

        async def has_gone_on(least: int = 10 * kill) -> bool:
            return int((await shown(world.operator, operation))["succeeded"]) >= least

        await until(has_gone_on)
        worker.kill()
        await asyncio.to_thread(worker.join)
        # Its lease runs out.
        await drain.make_due()
    left = await shown(world.operator, operation)
    assert left["state"] == "RUNNING"
    assert len(await revivals(world)) == left["succeeded"]
    await drain()
    ended = await shown(world.operator, operation)
    assert (ended["state"], ended["succeeded"], ended["failed"]) == ("DONE", 150, 0)
    assert await revivals(world) == sorted(letters)
