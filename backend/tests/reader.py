"""Somebody who reads an answer as it comes, and may do something in the middle of it, or leave."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI

from tests.people import Person

#: What is done after so many pieces of the body.
Midway = Callable[["Reader"], Awaitable[None]]


@dataclass
class Reader:
    """One request, and what of its answer was read."""

    app: FastAPI
    person: Person
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    pieces: list[bytes] = field(default_factory=list)
    #: Whether the answer said that it is whole.
    is_whole: bool = False
    midway: Midway | None = None
    _left: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def body(self) -> bytes:
        return b"".join(self.pieces)

    def leave(self) -> None:
        """Close the connection."""
        self._left.set()

    async def get(self, address: str, midway: Midway | None = None) -> None:
        """Ask; whatever escapes the application is raised here, and breaks the connection there.

        Args:
            address: path and query.
            midway: what is done when the first lines have come.
        """
        self.midway = midway
        parts, token = urlsplit(address), self.person.client.token or ""
        scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": "GET",
            "scheme": "http", "path": parts.path, "raw_path": parts.path.encode(), "root_path": "",
            "query_string": parts.query.encode(), "client": ("203.0.113.7", 40000), "server": ("localhost", 8000),
            "headers": [(b"host", b"localhost:8000"), (b"authorization", b"Bearer %s" % token.encode())],
        }  # fmt: skip
        was_asked = False

        async def receive() -> dict[str, Any]:
            nonlocal was_asked
            if was_asked:
                await self._left.wait()
                return {"type": "http.disconnect"}
            was_asked = True
            return {"type": "http.request", "body": b"", "more_body": False}

        await self.app(scope, receive, self._take)

    async def _take(self, message: Any) -> None:
        if self._left.is_set():
            # As a server does: it writes to nobody, and says nothing of it.
            return
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            return
        self.pieces.append(message.get("body", b""))
        self.is_whole = not message.get("more_body", False)
        # The first piece names the columns.
        if len(self.pieces) == 2 and self.midway is not None:
            midway, self.midway = self.midway, None
            await midway(self)
