"""Pausing and resuming many workflows: each asks its engine between two transactions, and bears repetition."""

import asyncio
from collections import Counter
from collections.abc import Iterator

import pytest

from capecontrol.core.ports import Ports
from capecontrol.features.workflows.ports import AutomationEngine, EngineConnection, EngineUnreachable
from tests.features.bulk_operations.builders import shown, start
from tests.features.workflows.builders import build_workflow
from tests.kept_ports import kept
from tests.outbox_drain import Drain
from tests.security.fakes import WillingEngine
from tests.security.world import World


class Switchboard(WillingEngine):
    """An engine that switches workflows on and off, or fails."""

    def __init__(self) -> None:
        self.switched: Counter[str] = Counter()
        self.error: BaseException | None = None

    async def deactivate(self, connection: EngineConnection, workflow_id: str) -> None:
        del connection, workflow_id
        self.switched["off"] += 1
        error, self.error = self.error, None
        if error is not None:
            raise error

    async def activate(self, connection: EngineConnection, workflow_id: str) -> None:
        del connection, workflow_id
        self.switched["on"] += 1


@pytest.fixture
def engine(ports: Ports) -> Iterator[Switchboard]:
    board = Switchboard()
    with kept(ports, AutomationEngine):
        ports.provide(AutomationEngine, board)
        yield board


async def _statuses(world: World) -> list[str]:
    listed = (await world.operator.client.get("/api/workflows")).json()["items"]
    return sorted(workflow["status"] for workflow in listed)


async def test_all_that_match_are_paused_and_resumed(world: World, drain: Drain, engine: Switchboard) -> None:
    for _ in range(3):
        await build_workflow(world)
    await start(world.operator, "workflows.pause", filter={"status": "ACTIVE"})
    await drain()
    assert await _statuses(world) == ["PAUSED"] * 3
    operation = await start(world.operator, "workflows.resume", filter={"status": "PAUSED"})
    await drain()
    assert await _statuses(world) == ["ACTIVE"] * 3
    assert (await shown(world.operator, operation))["succeeded"] == 3
    assert engine.switched == {"off": 3, "on": 3}


async def test_an_engine_that_fails_once_costs_one_workflow(world: World, drain: Drain, engine: Switchboard) -> None:
    workflows = [await build_workflow(world) for _ in range(2)]
    engine.error = EngineUnreachable("The automation server did not answer.")
    operation = await start(world.operator, "workflows.pause", ids=workflows)
    await drain()
    ended = await shown(world.operator, operation)
    assert (ended["succeeded"], ended["failed"]) == (1, 1)
    (error,) = ended["errors"]
    assert (error["subject_id"], error["reason"]) == (workflows[0], "The automation server did not answer.")
    assert error["name"].startswith("Canary")


async def test_a_worker_that_died_between_act_and_count_does_not_act_twice(
    world: World, drain: Drain, engine: Switchboard
) -> None:
    workflow = await build_workflow(world)
    operation = await start(world.operator, "workflows.pause", ids=[workflow])
    engine.error = asyncio.CancelledError()
    with pytest.raises(asyncio.CancelledError):
        await drain()
    # The earlier attempt came to its end after all, and was not counted.
    await world.sql("update workflow_instances set status = 'PAUSED' where id = :id", id=workflow)
    await world.sql("update outbox set attempts = 1 where consumer = 'bulk_operations.do_part'")
    await drain()
    ended = await shown(world.operator, operation)
    assert (ended["succeeded"], ended["failed"]) == (1, 0)
    assert engine.switched["off"] == 1
