"""Streams of processes as they run in production: over sockets, told by the database of what other processes did."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from capecontrol.core.permissions import Role
from capecontrol.local.port import LOOPBACK
from capecontrol.main.settings import Settings
from tests.api_process import ApiProcess, api_process
from tests.features.projects.builders import build_project
from tests.security.world import World

#: What is promised within two seconds, on machines that are slow and shared.
SOON_SECONDS = 10.0
#: A process that waited for its streams would take its twenty seconds.
END_SECONDS = 12.0
#: Ends an answer that goes on.
LAST_CHUNK = "\r\n0\r\n\r\n"


@pytest.fixture(scope="module")
def pair(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ApiProcess, ApiProcess]]:
    """Two processes, neither of which knows of the other."""
    first, second = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    with api_process(settings, first, LIVE_STREAMS_MAX="1") as one, api_process(settings, second) as other:
        yield one, other


class Line:
    """One connection that listens."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader

    async def until(self, word: str) -> str:
        """Return what is said until a word has come."""
        said = b""
        async with asyncio.timeout(SOON_SECONDS):
            while word.encode() not in said:
                piece = await self._reader.read(4096)
                assert piece, f"ended without {word}: {said.decode()}"
                said += piece
        return said.decode()


@asynccontextmanager
async def connected(process: ApiProcess, token: str | None) -> AsyncIterator[Line]:
    """Listen at a process while the block runs."""
    reader, writer = await asyncio.open_connection(LOOPBACK, process.port)
    writer.write(f"GET /api/live HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
    try:
        yield Line(reader)
    finally:
        writer.close()


async def test_what_one_process_does_is_told_by_the_others(pair: tuple[ApiProcess, ApiProcess], world: World) -> None:
    token = world.operator.client.token
    async with connected(pair[0], token) as one, connected(pair[1], token) as other:
        await one.until("retry:")
        await other.until("retry:")
        project = await build_project(world)
        assert "event: changes" in await one.until(project)
        assert "event: changes" in await other.until(project)


async def test_a_session_that_ends_at_one_process_ends_its_streams_at_the_others(
    pair: tuple[ApiProcess, ApiProcess], world: World
) -> None:
    owner = await world.member(Role.OWNER)
    async with connected(pair[1], owner.client.token) as line:
        await line.until("retry:")
        # By this process, which serves no stream.
        await owner.client.post("/api/auth/logout")
        assert "SIGNED_OUT" in await line.until(LAST_CHUNK)


async def test_a_page_that_is_closed_leaves_its_place(pair: tuple[ApiProcess, ApiProcess], world: World) -> None:
    """The process serves one stream."""
    token = world.operator.client.token
    for _ in range(3):
        async with asyncio.timeout(SOON_SECONDS):
            is_served = False
            while not is_served:
                async with connected(pair[0], token) as line:
                    is_served = "200 OK" in await line.until("\r\n\r\n")


async def test_a_process_that_is_told_to_stop_sends_its_streams_away(
    settings: Settings, tmp_path: Path, world: World
) -> None:
    with api_process(settings, tmp_path) as running:
        async with connected(running, world.operator.client.token) as line:
            await line.until("retry:")
            process, began = psutil.Process(running.pid), time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert "retry:" in await line.until(LAST_CHUNK)
            await asyncio.to_thread(process.wait, 60)
            assert time.monotonic() - began < END_SECONDS
