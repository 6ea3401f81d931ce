"""Listens to a stream of an application in this process, event by event."""

import asyncio
import json
import uuid
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

from fastapi import FastAPI
from starlette.types import Message

#: Nobody waits so long for what is to happen within two seconds.
SOON_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Heard:
    """One block of a stream: an event, or what only moves its reader on."""

    kind: str | None
    data: Any
    id: str | None
    retry: int | None
    is_beat: bool

    @classmethod
    def read(cls, block: str) -> Self:
        """Read a block as browsers do."""
        fields: dict[str, str] = {}
        for line in block.split("\n"):
            name, _, value = line.partition(":")
            fields[name] = value.removeprefix(" ")
        return cls(
            fields.get("event"),
            json.loads(fields["data"]) if "data" in fields else None,
            fields.get("id"),
            int(fields["retry"]) if "retry" in fields else None,
            "" in fields,
        )

    @property
    def changed(self) -> list[tuple[str, str | None]]:
        """The topics and ids of what changed."""
        return [(change["topic"], change["id"]) for change in self.data["changes"]]


class Listener:
    """One open stream, from the listener's side."""

    def __init__(self, app: FastAPI, token: str | None, last_event_id: str | None = None) -> None:
        self._app = app
        self._headers = [(b"host", b"localhost:8000")]
        if token is not None:
            self._headers.append((b"authorization", f"Bearer {token}".encode()))
        if last_event_id is not None:
            self._headers.append((b"last-event-id", last_event_id.encode()))
        self._blocks: deque[Heard] = deque()
        self._stirred = asyncio.Event()
        self._reads = asyncio.Event()
        self._reads.set()
        self._left = asyncio.Event()
        self._has_asked = False
        self._rest = ""
        self.status: int | None = None
        self.headers: Mapping[str, str] = {}
        self.body = b""
        self.last_event_id = last_event_id
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Ask, and wait for the first byte of the answer."""
        scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": "GET",
            "scheme": "http", "path": "/api/live", "raw_path": b"/api/live", "query_string": b"", "root_path": "",
            "headers": self._headers, "client": ("203.0.113.7", 40000), "server": ("localhost", 8000),
        }  # fmt: skip
        self._task = asyncio.create_task(self._app(scope, self._receive, self._send))
        async with asyncio.timeout(SOON_SECONDS):
            while self.status is None and not self._task.done():
                await self._stir()
        if self.status is None:
            await self._task

    async def leave(self) -> None:
        """Close the connection, as a page does that is closed."""
        self._left.set()
        self._reads.set()
        if self._task is not None:
            async with asyncio.timeout(SOON_SECONDS):
                await self._task

    def stop_reading(self) -> None:
        """Let the answer lie."""
        self._reads.clear()

    def read_on(self) -> None:
        """Read again."""
        self._reads.set()

    @property
    def has_ended(self) -> bool:
        """Tell whether the server ended the stream, and all of it was taken."""
        return self._task is not None and self._task.done() and not self._blocks

    async def next(self, kind: str | None = None) -> Heard:
        """Return the next block, or the next event of a kind; what comes before it is passed over."""
        async with asyncio.timeout(SOON_SECONDS):
            while True:
                while self._blocks:
                    heard = self._blocks.popleft()
                    self.last_event_id = heard.id or self.last_event_id
                    if kind is None or heard.kind == kind:
                        return heard
                if self._task is not None and self._task.done():
                    raise EOFError("the stream has ended")
                await self._stir()

    async def changed(self) -> list[tuple[str, str | None]]:
        """Return the topics and ids of the next changes that are told."""
        return (await self.next("changes")).changed

    async def until(self, *wanted: tuple[str, str | None]) -> list[tuple[str, str | None]]:
        """Return all that changed until all wanted changes were told."""
        told: list[tuple[str, str | None]] = []
        while not set(wanted) <= set(told):
            told += await self.changed()
        return told

    async def until_end(self) -> list[Heard]:
        """Return all blocks up to the end of the stream."""
        blocks = []
        while True:
            try:
                blocks.append(await self.next())
            except EOFError:
                return blocks

    async def _stir(self) -> None:
        assert self._task is not None
        stirred = asyncio.create_task(self._stirred.wait())
        await asyncio.wait({stirred, self._task}, return_when=asyncio.FIRST_COMPLETED)
        stirred.cancel()
        self._stirred.clear()

    async def _receive(self) -> Message:
        if not self._has_asked:
            self._has_asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        await self._reads.wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.body += message.get("body", b"")
            *blocks, self._rest = (self._rest + message.get("body", b"").decode()).split("\n\n")
            self._blocks.extend(Heard.read(block) for block in blocks)
        self._stirred.set()


@asynccontextmanager
async def listening(app: FastAPI, token: str | None, last_event_id: str | None = None) -> AsyncIterator[Listener]:
    """Listen while the block runs."""
    listener = Listener(app, token, last_event_id)
    await listener.start()
    try:
        yield listener
    finally:
        await listener.leave()


def new_word() -> str:
    """Return a text that nothing else has."""
    return f"live {uuid.uuid4().hex[:8]}"
