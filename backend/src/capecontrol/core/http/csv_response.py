"""A list as a file of CSV: streamed, on record from before its first byte until after its last."""

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC
from enum import StrEnum

import structlog
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from capecontrol.core.audit import Outcome
from capecontrol.core.export.csv_list import CsvList
from capecontrol.core.export.span import Part, Span
from capecontrol.core.http.cut_off import AnswerCutOff
from capecontrol.core.http.export_request import ExportRequest
from capecontrol.core.http.files import attachment_headers
from capecontrol.core.metrics import EXPORTS_ENDED
from capecontrol.core.problems import Forbidden, Problem, TimedOut, Unauthenticated
from capecontrol.core.work import UnitOfWork

log = structlog.get_logger("http")

#: As much is handed to the connection at once. It waits until its reader has taken most of it; a reader who takes
#: nothing of so much within the time for unread answers is given up.
PIECE_BYTES = 64 * 1024

#: Reads the next part of a list, in a unit of work of its own.
ReadPart = Callable[[UnitOfWork, Span], Awaitable[Part]]


class Ending(StrEnum):
    """How an export ended."""

    WHOLE = "whole"
    CLIENT_LEFT = "client_left"
    NOT_ALLOWED = "not_allowed"
    TIMED_OUT = "timed_out"
    READ_TOO_SLOWLY = "read_too_slowly"
    STOPPED = "stopped"
    FAILED = "failed"


class ExportBroken(Exception):
    """An export broke off: its connection is closed without an end, so that nobody takes what came for the whole."""


class ReadTooSlowly(Exception):
    """The reader takes less than the least pace."""


@dataclass(slots=True)
class Sent:
    """What was sent so far; ``waited`` is how many seconds that had to wait for the reader."""

    rows: int = 0
    size: int = 0
    waited: float = 0.0
    has_begun: bool = False
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def add(self, piece: bytes) -> None:
        """Count what is sent."""
        self.digest.update(piece)
        self.size += len(piece)


class CsvResponse(Response):
    """A list as a file. It is written while it is sent, and nothing is held while its reader reads."""

    media_type = "text/csv"

    def __init__(self, export: ExportRequest, listed: CsvList, sort: str, read: ReadPart) -> None:
        """Take what was asked for."""
        self._export = export
        self._listed = listed
        self._sort = sort
        self._read = read
        self._sent = Sent()
        self._bounds = export.places.bounds
        self.status_code = 200
        self.background = None
        # Its length is not known before its end.
        self.body = b""
        self.init_headers(
            attachment_headers(f"{listed.name.replace('_', '-')}-{export.began_at.astimezone(UTC):%Y-%m-%d}.csv")
        )
        del self.headers["content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file.

        Raises:
            TooManyRequests: the caller, or their organization, has enough exports running.
            ExportsBusy: the process has.
            AnswerCutOff: it broke off after its first byte, by its reader's doing.
            ExportBroken: it broke off after its first byte, by ours.
            ClientDisconnect: its reader left.
        """
        del scope
        with self._export.places.taken(self._export.actor):
            await self._export.record(
                "export_started", self._listed, Outcome.SUCCESS, filter=self._export.filter, sort=self._sort
            )
            ending, error = Ending.STOPPED, None
            try:
                ending, error = await self._write(receive, send)
            finally:
                # Also when the process stops, which cancels what it was about.
                await self._export.places.kept(self._note(ending))
            if ending is Ending.CLIENT_LEFT:
                raise ClientDisconnect
            if error is not None and not self._sent.has_begun:
                raise error
            if ending is Ending.NOT_ALLOWED and isinstance(error, Problem):
                raise AnswerCutOff(ending, error.status)
            if ending is Ending.READ_TOO_SLOWLY:
                raise AnswerCutOff(ending, TimedOut.status)
            if ending is not Ending.WHOLE:
                raise ExportBroken(ending) from error
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _write(self, receive: Receive, send: Send) -> tuple[Ending, Exception | None]:
        """Write all parts; return how that ended, and of what it failed."""
        writing, leaving = asyncio.create_task(self._write_parts(send)), asyncio.create_task(_departure(receive))
        try:
            await asyncio.wait(
                (writing, leaving), timeout=self._bounds.life_seconds, return_when=asyncio.FIRST_COMPLETED
            )
            if leaving.done():
                return Ending.CLIENT_LEFT, None
            if not writing.done():
                return Ending.TIMED_OUT, None
            await writing
        except (Unauthenticated, Forbidden) as error:
            return Ending.NOT_ALLOWED, error
        except ReadTooSlowly:
            return Ending.READ_TOO_SLOWLY, None
        except Exception as error:
            log.error("export.failed", list=self._listed.name, exc_info=error)
            return Ending.FAILED, error
        else:
            return Ending.WHOLE, None
        finally:
            for task in (writing, leaving):
                task.cancel()
            await asyncio.wait((writing, leaving))

    async def _write_parts(self, send: Send) -> None:
        span = Span(self._export.began_at)
        while True:
            async with self._export.reading() as work:
                part = await self._read(work, span)
            if not self._sent.has_begun:
                self._sent.has_begun = True
                await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
                await self._write_lines(send, self._listed.head)
            await self._write_lines(send, part.lines)
            self._sent.rows += part.rows
            if part.last is None:
                return
            span = span.behind(part)

    async def _write_lines(self, send: Send, lines: bytes) -> None:
        for start in range(0, len(lines), PIECE_BYTES):
            piece = lines[start : start + PIECE_BYTES]
            may_wait = self._bounds.wait_seconds + self._sent.size / self._bounds.pace_bytes - self._sent.waited
            began = time.monotonic()
            try:
                async with asyncio.timeout(may_wait):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            except TimeoutError:
                raise ReadTooSlowly from None
            self._sent.waited += time.monotonic() - began
            self._sent.add(piece)

    async def _note(self, ending: Ending) -> None:
        EXPORTS_ENDED.labels(ending).inc()
        sent: dict[str, object] = {"rows": self._sent.rows, "bytes": self._sent.size}
        try:
            if ending is Ending.WHOLE:
                digest = self._sent.digest.hexdigest()
                await self._export.record("exported", self._listed, Outcome.SUCCESS, **sent, sha256=digest)
            else:
                outcome = Outcome.DENIED if ending is Ending.NOT_ALLOWED else Outcome.FAILURE
                await self._export.record("export_aborted", self._listed, outcome, **sent, reason=ending)
        except Exception as error:
            log.exception("export.unrecorded", list=self._listed.name, ending=ending, **sent)
            raise ExportBroken("the log cannot be written") from error


async def _departure(receive: Receive) -> None:
    """Return when the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
