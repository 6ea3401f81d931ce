"""What features may rely on while a storage does not answer; the same for the folder and S3."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Protocol

import pytest

from capecontrol.adapters.storage.folder import FolderStorage
from capecontrol.adapters.storage.s3 import S3Storage
from capecontrol.adapters.storage.threads import StorageBounds
from capecontrol.core.storage import ObjectStorage, StorageError

#: As many calls as asyncio's own threads take, on any machine.
DEFAULT_THREADS = min(32, (os.cpu_count() or 1) + 4)
#: Only ends what is broken: nothing here waits for it.
FAILURE_SECONDS = 10


class Hanging(Protocol):
    """A storage whose object ``hung.txt`` does not come before it is let go; ``quick.txt`` comes at once."""

    def storage(self, bounds: StorageBounds) -> ObjectStorage: ...

    def let_go(self) -> None: ...


class HangingFolder:
    """A folder that leads to a pipe: who reads it waits for as long as its other end is open."""

    def __init__(self, folder: Path, stack: AsyncExitStack) -> None:
        self._folder, self._stack = folder, stack
        self._end, self._other_end = os.pipe()
        stack.callback(os.close, self._end)
        (folder / "hung.txt").symlink_to(f"/dev/fd/{self._end}")
        (folder / "quick.txt").write_bytes(b"quick")

    def storage(self, bounds: StorageBounds) -> ObjectStorage:
        storage = FolderStorage(self._folder, bounds)
        self._stack.push_async_callback(storage.close)
        return storage

    def let_go(self) -> None:
        if self._other_end:
            os.close(self._other_end)
            self._other_end = 0


class HangingS3:
    """A server that speaks as much of S3 as reading needs."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack
        self._is_let_go = asyncio.Event()
        self._endpoint = ""

    async def start(self) -> None:
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        self._stack.callback(server.close)
        self._endpoint = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    def storage(self, bounds: StorageBounds) -> ObjectStorage:
        storage = S3Storage(
            "files", endpoint=self._endpoint, access_key_id="test", secret_access_key="test", bounds=bounds
        )
        self._stack.push_async_callback(storage.close)
        return storage

    def let_go(self) -> None:
        self._is_let_go.set()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if b"hung.txt" in head.partition(b"\r\n")[0]:
            # A byte from time to time: no limit of the time between two bytes ends it.
            writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
            while not self._is_let_go.is_set():
                writer.write(b"1\r\nx\r\n")
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._is_let_go.wait(), 0.02)
            writer.write(b"0\r\n\r\n")
        else:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nquick")
        writer.close()


@pytest.fixture(params=["folder", "s3"])
async def hanging(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Hanging]:
    async with AsyncExitStack() as stack:
        if request.param == "folder":
            folder = HangingFolder(tmp_path, stack)
            yield folder
            folder.let_go()
        else:
            s3 = HangingS3(stack)
            await s3.start()
            yield s3
            s3.let_go()


async def begun(storage: ObjectStorage, count: int) -> list[asyncio.Task[bytes]]:
    """Return reads of what hangs, each of which has been given to the storage."""
    reads = [asyncio.create_task(storage.get("hung.txt")) for _ in range(count)]
    await asyncio.sleep(0)
    return reads


async def test_names_are_looked_up_while_the_storage_hangs(hanging: Hanging) -> None:
    reads = await begun(hanging.storage(StorageBounds()), DEFAULT_THREADS)

    async with asyncio.timeout(FAILURE_SECONDS):
        # It takes asyncio's own threads, as every connection does.
        await asyncio.get_running_loop().getaddrinfo("127.0.0.1", 80)

    assert not any(read.done() for read in reads)
    hanging.let_go()
    await asyncio.gather(*reads)


async def test_a_call_ends_by_its_deadline_whether_it_is_worked_on_or_waits(hanging: Hanging) -> None:
    storage = hanging.storage(StorageBounds(threads=1, deadline_seconds=0.6))
    first, waiting = await begun(storage, 2)

    async with asyncio.timeout(FAILURE_SECONDS):
        for read in (first, waiting, storage.exists("quick.txt")):
            with pytest.raises(StorageError, match=r"more than 0\.6 s"):
                await read


async def test_more_calls_than_may_wait_are_refused_at_once(hanging: Hanging) -> None:
    reads = await begun(hanging.storage(StorageBounds(threads=1, waiting_max=1)), 3)

    async with asyncio.timeout(FAILURE_SECONDS):
        with pytest.raises(StorageError, match="too many"):
            await reads[2]

    assert not any(read.done() for read in reads[:2])
    hanging.let_go()
    await asyncio.gather(*reads[:2])


async def test_who_leaves_the_queue_gives_up_the_place(hanging: Hanging) -> None:
    storage = hanging.storage(StorageBounds(threads=1, waiting_max=1))
    first, waiting = await begun(storage, 2)
    waiting.cancel()
    await asyncio.wait([waiting])

    [last] = await begun(storage, 1)
    hanging.let_go()

    async with asyncio.timeout(FAILURE_SECONDS):
        await asyncio.gather(first, last)


async def test_a_storage_that_is_back_is_used_again(hanging: Hanging) -> None:
    storage = hanging.storage(StorageBounds(threads=1, waiting_max=0, deadline_seconds=0.6))
    [given_up] = await begun(storage, 1)
    with pytest.raises(StorageError):
        await given_up
    with pytest.raises(StorageError, match="too many"):
        await storage.get("quick.txt")

    hanging.let_go()

    async with asyncio.timeout(FAILURE_SECONDS):
        while True:
            try:
                data = await storage.get("quick.txt")
            except StorageError:
                await asyncio.sleep(0)  # until the thread that hung is back
            else:
                break
    assert data == b"quick"
