"""A relay in front of a server, which falls silent or cuts connections when a test wants it to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import make_url

from capecontrol.local.port import LOOPBACK


class Relay:
    """Passes bytes on, both ways, as long as nobody tells it otherwise."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._server: asyncio.Server | None = None
        self._passes = asyncio.Event()
        self._passes.set()
        self._ways: set[asyncio.Task[None]] = set()
        #: How many connections were opened, and how many were cut.
        self.opened = self.cut = 0
        #: A connection on which a client says this is cut.
        self.cuts_at: bytes | None = None
        #: It falls silent when a client says this.
        self.silent_at: bytes | None = None
        #: Set when it has fallen silent and somebody spoke all the same.
        self.is_ignoring = asyncio.Event()

    async def open(self) -> int:
        """Relay from now on; return the port."""
        self._server = await asyncio.start_server(self._serve, LOOPBACK, 0)
        return int(self._server.sockets[0].getsockname()[1])

    def close(self) -> None:
        """Take no connection any more, and cut those that there are."""
        if self._server is not None:
            self._server.close()
        for way in self._ways:
            way.cancel()

    def fall_silent(self) -> None:
        """Take what comes and pass nothing on, as a frozen server does. Connections are still accepted."""
        self.is_ignoring.clear()
        self._passes.clear()

    def speak(self) -> None:
        """Pass everything on again, also what came meanwhile."""
        self.silent_at = None
        self._passes.set()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        behind, before = await asyncio.open_connection(LOOPBACK, self._to)
        ways = {
            asyncio.create_task(self._pass(reader, before, is_client=True)),
            asyncio.create_task(self._pass(behind, writer, is_client=False)),
        }
        self._ways |= ways
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        self._ways -= ways
        for way in ways:
            way.cancel()
        before.close()
        writer.close()

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, is_client: bool) -> None:
        with suppress(ConnectionError):
            while piece := await source.read(65536):
                if is_client and self.cuts_at is not None and self.cuts_at in piece:
                    self.cut += 1
                    return
                if is_client and self.silent_at is not None and self.silent_at in piece:
                    self.fall_silent()
                if not self._passes.is_set():
                    self.is_ignoring.set()
                    await self._passes.wait()
                target.write(piece)
                await target.drain()


@asynccontextmanager
async def relayed(url: str) -> AsyncIterator[tuple[Relay, str]]:
    """Put a relay in front of a server; yield it, and the address that leads through it."""
    address = make_url(url)
    relay = Relay(address.port or 5432)
    port = await relay.open()
    try:
        yield relay, address.set(port=port).render_as_string(hide_password=False)
    finally:
        relay.close()
