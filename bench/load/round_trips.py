"""A TCP relay in front of PostgreSQL that counts round trips.

One round trip is what a client sends until the server answers: a burst from the client, followed by one from the
server. What a driver sends together counts once, however many statements it holds.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

LOOPBACK = "127.0.0.1"
CHUNK = 65536


class RoundTrips:
    """The relay; it runs in a thread of its own."""

    def __init__(self, target_port: int) -> None:
        self.port = 0
        self.count = 0
        self._target_port = target_port
        self._loop = asyncio.new_event_loop()
        self._is_listening = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @classmethod
    @contextmanager
    def counted(cls, target_port: int) -> Iterator[RoundTrips]:
        """Relay for the length of the block."""
        relay = cls(target_port)
        relay._thread.start()
        relay._is_listening.wait()
        try:
            yield relay
        finally:
            relay._loop.call_soon_threadsafe(relay._loop.stop)
            relay._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, LOOPBACK, 0))
        self.port = server.sockets[0].getsockname()[1]
        self._is_listening.set()
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        server.close()
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _serve(self, near: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        far, far_out = await asyncio.open_connection(LOOPBACK, self._target_port)
        is_asked = False

        async def forward() -> None:
            nonlocal is_asked
            while chunk := await near.read(CHUNK):
                is_asked = True
                far_out.write(chunk)
                await far_out.drain()
            far_out.close()

        async def back() -> None:
            nonlocal is_asked
            while chunk := await far.read(CHUNK):
                self.count += is_asked
                is_asked = False
                near_out.write(chunk)
                await near_out.drain()
            near_out.close()

        with suppress(ConnectionError, asyncio.CancelledError):
            await asyncio.gather(forward(), back())
