"""Readiness, the containers' health check and the list of processes tell who lives, and nobody else."""

import asyncio
import signal
import socket
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from redis.asyncio import Redis
from typer.testing import CliRunner, Result

from capecontrol.cli.commands import app as command_line
from capecontrol.core.db.database import Database, PoolSize
from capecontrol.core.ports import Ports
from capecontrol.core.processes import ProcessDirectory, ProcessKind, ProcessReport
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.local.valkey import EmbeddedValkey
from capecontrol.local.wiring import build_ports
from capecontrol.main.api import create_app
from capecontrol.main.heartbeat import REMEMBERED_SECONDS, Heartbeat, ProcessIdentity, alive_key, report_key
from capecontrol.main.release import VERSION
from capecontrol.main.settings import Settings
from tests.client import Client
from tests.main.processes import Processes, until
from tests.relay import relayed

#: A probe that has no answer by then takes the process for dead.
READINESS_SECONDS = 2.0


@pytest.fixture
def ports(settings: Settings, factory: UnitOfWorkFactory) -> Ports:
    """The ports of an API whose Redis is the test's own."""
    return build_ports(settings, factory)


@pytest.fixture
async def api(
    settings: Settings, factory: UnitOfWorkFactory, ports: Ports, own_valkey: EmbeddedValkey
) -> AsyncIterator[FastAPI]:
    """An API whose Redis is the test's own."""
    own = settings.model_copy(update={"redis_url": SecretStr(own_valkey.url)})
    yield create_app(own, factory=factory, ports=ports)
    await ports.get(Redis).aclose()


async def readiness(api: FastAPI) -> dict[str, object]:
    answer = await Client(api).get("/api/health/ready")
    body: dict[str, object] = answer.json()
    assert (answer.status_code == 200) is (body["status"] == "ready")
    return body


async def living(ports: Ports) -> Sequence[ProcessReport]:
    found = await ports.get(ProcessDirectory).processes()
    assert found is not None
    return found


async def ask(kind: str, redis_url: str) -> Result:
    return await asyncio.to_thread(CliRunner(env={"REDIS_URL": redis_url}).invoke, command_line, ["health", kind])


async def test_the_first_probe_after_a_restart_of_redis_is_answered(api: FastAPI, own_valkey: EmbeddedValkey) -> None:
    async def see_signs_of_life() -> None:
        async with Redis.from_url(own_valkey.url) as client:
            for kind in (ProcessKind.WORKER, ProcessKind.SCHEDULER):
                await client.set(alive_key(kind), "1")

    await see_signs_of_life()
    assert (await readiness(api))["status"] == "ready"
    own_valkey.kill()
    own_valkey.start()
    await see_signs_of_life()
    assert (await readiness(api))["status"] == "ready"


async def test_readiness_names_a_frozen_scheduler(
    api: FastAPI, processes: Processes, own_valkey: EmbeddedValkey
) -> None:
    processes.start("worker")
    scheduler = processes.start("scheduler")

    async def is_ready() -> bool:
        return (await readiness(api))["status"] == "ready"

    await until(is_ready)
    scheduler.send_signal(signal.SIGSTOP)
    async with Redis.from_url(own_valkey.url) as client:
        assert 0 < await client.ttl(alive_key(ProcessKind.SCHEDULER)) <= 15
        await client.delete(alive_key(ProcessKind.SCHEDULER))  # as when that time has passed
    assert await readiness(api) == {
        "status": "not_ready", "database": True, "redis": True, "worker": True, "scheduler": False,
    }  # fmt: skip
    scheduler.send_signal(signal.SIGCONT)
    await until(is_ready)


@pytest.mark.parametrize("is_connected", [True, False])
async def test_readiness_tells_soon_that_the_database_is_away(
    is_connected: bool, settings: Settings, factory: UnitOfWorkFactory, own_valkey: EmbeddedValkey
) -> None:
    """Frozen, with a connection that was good before and without one; and gone altogether."""
    own = settings.model_copy(update={"redis_url": SecretStr(own_valkey.url)})
    async with AsyncExitStack() as stack:
        relay, url = await stack.enter_async_context(relayed(settings.database_url.get_secret_value()))
        behind = replace(factory, database=await stack.enter_async_context(Database(url, PoolSize(size=2))))
        ports = build_ports(own, behind)
        api = create_app(own, factory=behind, ports=ports)
        stack.push_async_callback(ports.get(Redis).aclose)
        async with Redis.from_url(own_valkey.url) as client:
            for kind in (ProcessKind.WORKER, ProcessKind.SCHEDULER):
                await client.set(alive_key(kind), "1", ex=600)
        if is_connected:
            assert (await readiness(api))["status"] == "ready"
        relay.fall_silent()
        await _tells_that_the_database_is_away(api)
        relay.speak()
        assert (await readiness(api))["status"] == "ready"
        relay.close()
        await _tells_that_the_database_is_away(api)


async def _tells_that_the_database_is_away(api: FastAPI) -> None:
    began = time.monotonic()
    assert await readiness(api) == {
        "status": "not_ready", "database": False, "redis": True, "worker": True, "scheduler": True,
    }  # fmt: skip
    assert time.monotonic() - began < READINESS_SECONDS


async def test_the_list_of_processes_tells_who_lives_and_who_fell_silent(
    api: FastAPI, ports: Ports, processes: Processes, own_valkey: EmbeddedValkey
) -> None:
    worker, scheduler = processes.start("worker"), processes.start("scheduler")

    async def are_there() -> bool:
        return len(await living(ports)) == 2

    await until(are_there)
    first, second = await living(ports)
    assert [(first.kind, first.pid), (second.kind, second.pid)] == [
        ("scheduler", scheduler.pid),
        ("worker", worker.pid),
    ]
    assert (first.host, first.version, first.is_alive) == (socket.gethostname(), VERSION, True)
    assert second.places["money"].total > 0
    assert second.pool_size > 0

    scheduler.send_signal(signal.SIGTERM)  # takes leave: it is nobody's worry
    worker.send_signal(signal.SIGKILL)  # does not
    scheduler.wait()
    worker.wait()
    async with Redis.from_url(own_valkey.url) as client:
        await client.expire(report_key(second.id), REMEMBERED_SECONDS - 60)  # a minute later
    (left,) = await living(ports)
    assert (left.id, left.is_alive) == (second.id, False)
    assert 59 <= left.silent_seconds <= 70

    own_valkey.kill()
    assert await ports.get(ProcessDirectory).processes() is None


async def test_an_api_shows_signs_of_life_while_it_serves(
    settings: Settings, ports: Ports, api: FastAPI, own_valkey: EmbeddedValkey
) -> None:
    async def is_there() -> bool:
        return [process.kind for process in await living(ports)] == ["api"]

    own = settings.model_copy(update={"redis_url": SecretStr(own_valkey.url)})
    serving = create_app(own, ports=build_ports(settings, api.state.http.factory))
    async with serving.router.lifespan_context(serving):
        await until(is_there)
    assert await living(ports) == []


async def test_a_containers_check_fails_when_its_process_fell_silent(
    api: FastAPI, ports: Ports, processes: Processes, own_valkey: EmbeddedValkey
) -> None:
    assert (await ask("worker", own_valkey.url)).exit_code == 1
    worker = processes.start("worker")

    async def is_well() -> bool:
        return (await ask("worker", own_valkey.url)).exit_code == 0

    await until(is_well)
    assert (await ask("scheduler", own_valkey.url)).exit_code == 1
    (process,) = await living(ports)
    worker.send_signal(signal.SIGSTOP)
    async with Redis.from_url(own_valkey.url) as client:
        await client.expire(report_key(process.id), REMEMBERED_SECONDS - 16)
    silent = await ask("worker", own_valkey.url)
    assert (silent.exit_code, silent.stderr.strip()) == (
        1,
        "No worker on this machine has sent a heartbeat in the last 15 seconds.",
    )
    own_valkey.kill()
    untold = await ask("worker", own_valkey.url)
    assert (untold.exit_code, untold.stdout.strip()) == (
        0,
        "Redis isn't responding, so the state of the process is unknown.",
    )


async def test_a_process_whose_clock_is_ahead_forgets_nobody(
    ports: Ports,
    api: FastAPI,
    factory: UnitOfWorkFactory,
    own_valkey: EmbeddedValkey,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """By its own time the others have been silent for hours; its clock is told, to whoever can mend it."""

    def heartbeat(hours: float) -> Heartbeat:
        identity = ProcessIdentity(ProcessKind.WORKER)
        return Heartbeat(identity, own_valkey.url, factory.database, clock=lambda: time.time() + hours * 3600)

    async def number() -> int:
        return len(await living(ports))

    async def is_alone() -> bool:
        return await number() == 1

    async def are_two() -> bool:
        return await number() == 2

    del api
    async with heartbeat(0).beating():
        await until(is_alone)
        async with heartbeat(3).beating():
            await until(are_two)
            right, ahead = await living(ports)
    assert abs(right.clock_ahead_seconds) < 60
    assert 10_740 < ahead.clock_ahead_seconds < 10_860
    skewed = [one.msg for one in caplog.records if isinstance(one.msg, dict) and one.msg["event"] == "clock.skewed"]
    assert [line["ahead_seconds"] for line in skewed] == [ahead.clock_ahead_seconds]


async def test_while_redis_is_away_nobody_can_tell_who_lives(api: FastAPI, own_valkey: EmbeddedValkey) -> None:
    """Null is no no: an alert on what is missing stays silent."""
    own_valkey.kill()
    assert await readiness(api) == {
        "status": "not_ready", "database": True, "redis": False, "worker": None, "scheduler": None,
    }  # fmt: skip
