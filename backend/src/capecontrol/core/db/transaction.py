"""A transaction: begun together with its scope, and ended once.

It is begun, committed and rolled back at the driver, each in one round trip: what begins it also takes on the scope's
role and organization. SQLAlchemy's connection and session work inside it and begin nothing of their own, so that rows
and objects are read and written in one and the same transaction.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar, overload

from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from capecontrol.core.db.base import Base
from capecontrol.core.db.closing_insert import ClosingInsert
from capecontrol.core.db.driver import DISCONNECTED, DatabaseAway, DriverConnection
from capecontrol.core.db.known_rows import KnownRows
from capecontrol.core.db.scope import OrganizationScope, Scope
from capecontrol.core.db.session import open_session
from capecontrol.core.db.together import AskedOtherwise, Question, Read, Reads, Row, joined

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
E = TypeVar("E")
F = TypeVar("F")
G = TypeVar("G")
H = TypeVar("H")
J = TypeVar("J")
K = TypeVar("K")
#: A server that does not even begin within this is away.
BEGIN_SECONDS = 5.0
#: How long a roll-back may take before its connection is thrown away.
ROLLBACK_SECONDS = 2.0


class NotCommitted(RuntimeError):
    """A statement had failed and its error was swallowed, so that the server rolled back what was to be committed."""


class Transaction:
    """What works inside one transaction: the driver, a connection for statements, a session for objects."""

    __slots__ = (
        "_after",
        "_closing",
        "_connection",
        "_driver",
        "_is_joining",
        "_now",
        "_session",
        "has_only_read",
        "known",
        "scope",
    )

    def __init__(
        self, connection: AsyncConnection, driver: DriverConnection, scope: Scope, now: Callable[[], datetime]
    ) -> None:
        """Take two views of one connection, the scope of what happens there, and the clock that stamps its rows."""
        self._connection = connection
        self._driver = driver
        self.scope = scope
        self._now = now
        self._session: AsyncSession | None = None
        self._closing: ClosingInsert | None = None
        self._is_joining = False
        self._after: list[Callable[[], None]] = []
        #: Whether nothing was written here that waits for the commit. What is not known to read counts as a write.
        self.has_only_read = True
        #: What was read here besides what was asked, for whoever would read it again.
        self.known = KnownRows()

    @property
    def dialect(self) -> Dialect:
        """Return how statements are worded for the connection."""
        return self._connection.dialect

    @property
    def connection(self) -> AsyncConnection:
        """Return the connection, for statements that the session has no part in; they may write."""
        self.has_only_read = False
        return self._connection

    @property
    def driver(self) -> DriverConnection:
        """Return the driver's connection, for what is asked without SQLAlchemy; it may write."""
        self.has_only_read = False
        return self._driver

    @property
    def session(self) -> AsyncSession:
        """Return the transaction's session. It is made when it is first asked for: most reads do without.

        Raises:
            AskedOtherwise: among reads that are asked together, which have no session.
        """
        if self._is_joining:
            raise AskedOtherwise("reads that are asked together ask with prepared statements")
        if self._session is None:
            self._session = open_session(self.connection, self._now)
        return self._session

    def insert_last(self, row: Base) -> None:
        """Insert a row when the transaction commits: in one statement with all others that wait for that.

        For what nothing in the transaction reads. Where such rows refer to each other, they may come in any order.
        """
        self.has_only_read = False
        if self._closing is None:
            self._closing = ClosingInsert()
        self._closing.add(row, self._now())

    def after_commit(self, step: Callable[[], None]) -> None:
        """Take a step once the transaction is committed, and never if it is not.

        For what this process remembers of the database. It must not fail: what was committed stays so.
        """
        self.has_only_read = False
        self._after.append(step)

    async def fetch(self, text: str, values: Sequence[object], *, only_reads: bool = False) -> list[Row]:
        """Run a prepared statement and return its rows; among reads that are asked together, with the others'.

        Args:
            text: the statement.
            values: its parameters, in their order.
            only_reads: whether it changes and locks nothing.

        Raises:
            DatabaseAway: the connection broke.
        """
        if self._is_joining:
            return await Question(text, values, only_reads)
        has_only_read, self.has_only_read = self.has_only_read and only_reads, False
        try:
            rows = await self._driver.fetch(text, *values)
        except DISCONNECTED as error:
            raise DatabaseAway(type(error).__name__) from error
        # Not when it failed: that an error was swallowed comes out at the commit, before anything is answered.
        self.has_only_read = has_only_read
        return rows

    async def copy(self, text: str, bytes_max: int | None = None) -> tuple[bytes | None, int, int]:
        """Return the rows of a SELECT as PostgreSQL writes CSV, how many rows there are, and how many bytes they take.

        Args:
            text: the SELECT. COPY takes no parameters, so whatever stands in it stands in the log of slow statements.
            bytes_max: how much is kept; of what is larger nothing is, and None is returned in its place.

        Raises:
            DatabaseAway: the connection broke.
            AskedOtherwise: among reads that are asked together.
        """
        if self._is_joining:
            raise AskedOtherwise("reads that are asked together ask with prepared statements")
        self.has_only_read = False
        written: list[bytes] = []
        size = 0

        async def keep(piece: bytes) -> None:
            nonlocal size
            size += len(piece)
            if bytes_max is None or size <= bytes_max:
                written.append(piece)
            else:
                # The rest is read and let go: breaking a COPY off would end the transaction.
                written.clear()

        try:
            answer = await self._driver.copy_from_query(text, output=keep, format="csv")
        except DISCONNECTED as error:
            raise DatabaseAway(type(error).__name__) from error
        lines = b"".join(written) if bytes_max is None or size <= bytes_max else None
        return lines, int(answer.removeprefix("COPY ")), size

    @overload
    async def together(
        self, one: Read[A], two: Read[B], three: Read[C], four: Read[D], five: Read[E], /
    ) -> tuple[A, B, C, D, E]: ...

    @overload
    async def together(
        self,
        one: Read[A],
        two: Read[B],
        three: Read[C],
        four: Read[D],
        five: Read[E],
        six: Read[F],
        seven: Read[G],
        eight: Read[H],
        nine: Read[J],
        ten: Read[K],
        /,
    ) -> tuple[A, B, C, D, E, F, G, H, J, K]: ...

    @overload
    async def together(self, one: Read[A], two: Read[B], /) -> tuple[A, B]: ...

    @overload
    async def together(self, one: Read[A], two: Read[B], three: Read[C], /) -> tuple[A, B, C]: ...

    @overload
    async def together(self, *reads: Read[A]) -> tuple[A, ...]: ...

    async def together(self, *reads: Read[Any]) -> tuple[Any, ...]:
        """Return what several reads return, in their order, in as few round trips as one of them takes.

        Each may ask with prepared statements only, which read and lock nothing.

        Raises:
            DatabaseAway: the connection broke.
            AskedOtherwise: one of them awaits something else.
        """
        underway = Reads(reads)
        try:
            self._join(underway.begin)
            while underway.questions:
                question = joined(list(underway.questions.values()))
                (answers,) = await self.fetch(question.text, question.values, only_reads=question.only_reads)
                self._join(partial(underway.answer, answers))
        finally:
            underway.close()
        return tuple(underway.results[place] for place in range(len(reads)))

    def _join(self, step: Callable[[], None]) -> None:
        """Go through reads up to their next question."""
        if self._is_joining:
            raise AskedOtherwise("reads that are asked together cannot ask others together")
        self._is_joining = True
        try:
            step()
        finally:
            self._is_joining = False

    async def begin(self) -> None:
        """Begin, and take on the scope's role and organization until the end: the pool hands neither on.

        Raises:
            DatabaseAway: the connection is dead.
        """
        # One simple query, which takes no parameters; both words are ours: a constant, and a UUID.
        words = f"begin; set local role {self.scope.database_role}"
        if isinstance(self.scope, OrganizationScope):
            words += f"; set local app.org_id = '{self.scope.org_id}'"
        try:
            # The driver's own time-out costs a fifth of asyncio's, and everybody begins.
            await self._driver.execute(words, timeout=BEGIN_SECONDS)
        except DISCONNECTED as error:
            self._driver.terminate()
            raise DatabaseAway(type(error).__name__) from error

    async def commit(self, timeout_seconds: float | None = None) -> None:
        """Write what the session still holds and what is to be inserted last, and commit.

        Args:
            timeout_seconds: how long the server may take for the commit; else as long as for any statement.

        Raises:
            NotCommitted: an earlier statement had failed.
            DatabaseAway: the connection broke; whether it was committed is not known.
        """
        if self._session is not None:
            await self._session.commit()
        if self._closing is not None:
            await self._closing.run(self.connection, self.scope.database_role)
        try:
            answer = await self._driver.execute("commit", timeout=timeout_seconds)
        except DISCONNECTED as error:
            raise DatabaseAway(type(error).__name__) from error
        if answer != "COMMIT":
            raise NotCommitted("a statement had failed")
        for step in self._after:
            step()

    async def abandon(self) -> None:
        """Roll back, or close the connection where that fails: nobody gets it with a transaction still open."""
        try:
            # SQLAlchemy closes the connection of a statement that is cancelled, and a closed one cannot tell.
            if not self._driver.is_closed() and self._driver.is_in_transaction():
                async with asyncio.timeout(ROLLBACK_SECONDS):
                    await self._driver.execute("rollback")
        except DISCONNECTED:
            self._driver.terminate()
        except BaseException:
            self._driver.terminate()
            raise

    async def close(self) -> None:
        """Let go of the session's objects."""
        if self._session is not None:
            await self._session.close()
