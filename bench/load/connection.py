"""HTTP/1.1 over kept connections, with as little of Python as it takes: the generator must not be the slow part."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

END_OF_HEAD = b"\r\n\r\n"
#: Less than the five seconds after which uvicorn closes what is idle: who writes at that moment gets no answer.
IDLE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Request:
    """One request; its name is what figures are gathered under."""

    name: str
    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def encode(self, host: str) -> bytes:
        """Return what goes over the wire."""
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.body or self.method != "GET":
            lines += ["Content-Type: application/json", f"Content-Length: {len(self.body)}"]
        return "\r\n".join(lines).encode() + END_OF_HEAD + self.body


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes

    @property
    def is_success(self) -> bool:
        """Tell whether it is a 2xx."""
        return 200 <= self.status < 300


@dataclass(slots=True)
class _Line:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    used_at: float = 0.0

    @property
    def is_fresh(self) -> bool:
        """Tell whether the server still waits at the other end."""
        return not self.reader.at_eof() and time.monotonic() - self.used_at < IDLE_SECONDS


class Connections:
    """As many connections to one server as there were requests at once; of the idle ones any may be next.

    Were it always the last used, one connection would carry most of the traffic, and one process behind the address
    would get it: so few people do not share a browser.
    """

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port
        self.opened = 0
        self._dice = random.Random(port)
        self._idle: list[_Line] = []

    async def ask(self, request: Request) -> Answer:
        """Send a request and return the answer.

        Raises:
            OSError, EOFError: the connection failed. Nothing is repeated here.
        """
        line = self._take() or await self._open()
        is_kept = False
        try:
            line.writer.write(request.encode(f"{self.host}:{self.port}"))
            head = await line.reader.readuntil(END_OF_HEAD)
            status, length, is_chunked, is_kept = _read_head(head)
            body = await _chunks(line.reader) if is_chunked else await line.reader.readexactly(length)
            return Answer(status, body)
        finally:
            if is_kept:
                line.used_at = time.monotonic()
                self._idle.append(line)
            else:
                line.writer.close()

    def close(self) -> None:
        """Close what is idle."""
        for line in self._idle:
            line.writer.close()
        self._idle.clear()

    def _take(self) -> _Line | None:
        while self._idle:
            place = self._dice.randrange(len(self._idle))
            self._idle[place], self._idle[-1] = self._idle[-1], self._idle[place]
            line = self._idle.pop()
            if line.is_fresh:
                return line
            line.writer.close()
        return None

    async def _open(self) -> _Line:
        self.opened += 1
        return _Line(*await asyncio.open_connection(self.host, self.port, limit=4 * 1024 * 1024))


def _read_head(head: bytes) -> tuple[int, int, bool, bool]:
    """Return the status, the body's length, whether it comes in chunks, and whether the connection stays."""
    status_line, *lines = head.split(b"\r\n")
    length, is_chunked, is_kept = 0, False, True
    for line in lines:
        name, _, value = line.partition(b":")
        match name.lower():
            case b"content-length":
                length = int(value)
            case b"transfer-encoding":
                is_chunked = b"chunked" in value
            case b"connection":
                is_kept = b"close" not in value.lower()
    return int(status_line.split(b" ", 2)[1]), length, is_chunked, is_kept


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readexactly(2)
    return body
