"""Worker and scheduler as processes: killed, stopped, without Redis; every message has its effect once."""

import json
import signal
import subprocess
from collections.abc import Awaitable, Callable

import pytest
import redis

from capecontrol.core.outbox.lane import Lane
from capecontrol.core.processes import ProcessKind
from capecontrol.local.valkey import EmbeddedValkey
from capecontrol.main.broker import NAMESPACE, broker_url, queue_name
from capecontrol.main.heartbeat import alive_key
from tests.main.processes import Processes, until
from tests.stage import Stage

WORKER_HEARTBEAT = alive_key(ProcessKind.WORKER)


async def ended(child: "subprocess.Popen[bytes]", seconds: float = 60) -> int:
    async def end() -> bool:
        return child.poll() is not None

    await until(end, seconds)
    return int(child.returncode)


def effects_are(stage: Stage, *orders: object) -> Callable[[], Awaitable[bool]]:
    async def are() -> bool:
        found = await stage.effects()
        assert len(found) == len(set(found)), "an effect was doubled"
        return set(found) == set(orders)

    return are


def attempts_are(processes: Processes, count: int) -> Callable[[], Awaitable[bool]]:
    async def are() -> bool:
        return len(processes.attempts()) >= count

    return are


async def test_delivers_and_shows_signs_of_life(stage: Stage, processes: Processes, own_valkey: EmbeddedValkey) -> None:
    processes.start("worker")
    processes.start("scheduler")
    orders = [await stage.place() for _ in range(50)]
    await until(effects_are(stage, *orders))
    assert len(processes.attempts()) == 50
    with redis.Redis.from_url(own_valkey.url) as client:
        assert client.exists(WORKER_HEARTBEAT) == 1
        assert client.exists(alive_key(ProcessKind.SCHEDULER)) == 1
        assert 0 < int(str(client.ttl(WORKER_HEARTBEAT))) <= 15


async def test_a_killed_workers_message_is_delivered_by_another(stage: Stage, processes: Processes) -> None:
    processes.hold()
    processes.start("scheduler")
    victim = processes.start("worker")
    order = await stage.place()
    await until(attempts_are(processes, 1))
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    processes.release()
    processes.start("worker")
    await until(effects_are(stage, order))
    first, second = processes.attempts()
    assert first == second  # the same message id: what went outward twice can be told


async def test_a_flushed_redis_loses_nothing(stage: Stage, processes: Processes, own_valkey: EmbeddedValkey) -> None:
    processes.start("scheduler")
    orders = [await stage.place() for _ in range(10)]
    with redis.Redis.from_url(broker_url(own_valkey.url)) as client:

        async def are_queued() -> bool:
            return int(str(client.llen(f"{NAMESPACE}:{queue_name(Lane.DEFAULT)}"))) == 10

        await until(are_queued)
        client.flushall()
    processes.start("worker")
    await until(effects_are(stage, *orders))


async def test_delivers_while_redis_is_away_and_returns_to_it(
    stage: Stage, processes: Processes, own_valkey: EmbeddedValkey
) -> None:
    own_valkey.kill()
    worker, scheduler = processes.start("worker"), processes.start("scheduler")  # they also start without it
    orders = [await stage.place() for _ in range(10)]
    await until(effects_are(stage, *orders))
    own_valkey.start()
    with redis.Redis.from_url(own_valkey.url) as client:

        async def is_back() -> bool:
            return bool(client.exists(WORKER_HEARTBEAT))

        await until(is_back)
    orders += [await stage.place() for _ in range(10)]
    await until(effects_are(stage, *orders))
    assert worker.poll() is None
    assert scheduler.poll() is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_stopped_worker_finishes_what_it_has_begun(
    stage: Stage, processes: Processes, number: signal.Signals
) -> None:
    processes.hold("linger")
    processes.start("scheduler")
    worker = processes.start("worker")
    begun = await stage.place()
    await until(attempts_are(processes, 1))
    worker.send_signal(number)
    await until(lambda: _says(processes, "Shutting down"))
    later = await stage.place()
    assert await ended(worker) == 0
    assert begun in await stage.effects()
    processes.start("worker")
    await until(effects_are(stage, begun, later))
    assert len(processes.attempts()) == 2


async def test_a_stopped_worker_gives_back_what_does_not_end(stage: Stage, processes: Processes) -> None:
    processes.hold()
    processes.start("scheduler")
    worker = processes.start("worker")
    order = await stage.place()
    await until(attempts_are(processes, 1))
    worker.send_signal(signal.SIGTERM)
    assert await ended(worker) == 0
    (row,) = await stage.rows()
    assert (row["lease_until"], row["attempts"]) == (None, 0)
    processes.release()
    processes.start("worker")
    await until(effects_are(stage, order))


async def test_waits_for_the_database_and_refuses_a_schema_of_another_release(
    stage: Stage, processes: Processes
) -> None:
    given = json.loads((processes.folder / "given.json").read_text())
    away = stage.url.replace(str(stage.factory.database.engine.url.port), "9")
    (processes.folder / "given.json").write_text(json.dumps(given | {"database": away}))
    waiting = processes.start("worker")
    await until(lambda: _says(processes, "part.away"))
    assert waiting.poll() is None
    waiting.send_signal(signal.SIGTERM)
    assert await ended(waiting) == 0

    (processes.folder / "given.json").write_text(json.dumps(given))
    await stage.own("update alembic_version set version_num = '19990101_0000'")
    for process in ("worker", "scheduler", "api"):
        assert await ended(processes.start(process)) == 1
    assert processes.words().count("`ALLOW_MIGRATIONS=1 capecontrol db migrate`, then start again.") == 3
    assert "serving" not in processes.words()


async def _says(processes: Processes, words: str) -> bool:
    return words in processes.words()
