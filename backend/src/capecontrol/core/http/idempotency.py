"""Idempotency keys: a POST that is sent twice makes one thing and gets the first answer twice.

The route class is the only one who knows of keys. Where the route has one unit of work, the key's row is inserted at
its start: a second request with the key waits on the unique index until the first has committed (then it is answered
from the record) or rolled back (then it goes on), and the answer is stored in the transaction of the effect.

Where an action works in phases, the row is committed before the first of them, with a lease, and answered after the
last. A twin waits a moment for the answer. An attempt that died leaves the row behind: the next one with the key takes
it over when the lease is out, under the same ``operation_id``, and finds what was made.

Refusals are not stored: the caller may send something else under the key.
"""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, ClassVar

import structlog
from fastapi.exceptions import RequestValidationError
from sqlalchemy import ColumnElement, ForeignKey, Index, SmallInteger, Text, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column
from starlette.requests import Request
from starlette.responses import Response

from capecontrol.core.crypto import Keyring
from capecontrol.core.db.base import Base, CreatedAt, IdMixin, TableAccess
from capecontrol.core.db.scope import OrganizationScope, SignInScope
from capecontrol.core.ids import new_id
from capecontrol.core.problems import Conflict, FieldError, Invalid, Problem
from capecontrol.core.work import UnitOfWork, Units

log = structlog.get_logger("http")

KEY_MAX = 255
#: Headers of the first answer that belong to what it says.
KEPT_HEADERS = ("etag", "location")
#: How long the key of an attempt that was killed waits for the next one; renewed while an attempt goes on.
LEASE = timedelta(seconds=10)
RENEW_SECONDS = 3.0
#: When a twin asks again for the first one's answer; then it is told to come back.
POLL_SECONDS = (0.1, 0.2, 0.4, 0.8, 1.6, 1.9)


class IdempotencyKey(IdMixin, CreatedAt, Base):
    """One key of one caller, and the answer it got (sealed: answers may hold secrets).

    ``lease_until`` is by the database's clock: until then the attempt in phases that has the ``lease_token`` is under
    way. An attempt that was overtaken changes nothing any more.
    """

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        Index("uq_idempotency_keys_caller_key", "caller", "key", unique=True),
        Index("ix_idempotency_keys_created_at", "created_at"),
        Index("ix_idempotency_keys_org_id", "org_id"),
    )
    access: ClassVar[TableAccess] = TableAccess(
        runtime="select insert update delete", signin="select insert update delete"
    )

    # Checked at the commit: a registration of 0.1.0 claims its key before it makes the organization.
    org_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organizations.id", deferrable=True, initially="DEFERRED")
    )
    caller: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(Text)
    status: Mapped[int | None] = mapped_column(SmallInteger)
    answer: Mapped[str | None] = mapped_column(Text)
    headers: Mapped[str | None] = mapped_column(Text)
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[uuid.UUID | None]


class KeyReused(Invalid):
    """The key was used before, for something else."""

    slug: ClassVar[str] = "request/idempotency-key-reused"
    title: ClassVar[str] = "This Idempotency-Key was used for another request"


class KeyInUse(Conflict):
    """The first request with the key is still under way."""

    slug: ClassVar[str] = "request/idempotency-key-in-use"
    title: ClassVar[str] = "The first request with this Idempotency-Key is still under way"

    def __init__(self) -> None:
        """Say when to come back."""
        super().__init__("Send it again in a moment to get its answer.")
        self.headers["Retry-After"] = "1"


class Replay(Exception):
    """Not an error: the answer is already known."""

    def __init__(self, response: Response) -> None:
        """Carry the answer."""
        super().__init__("replayed")
        self.response = response


class KeyClaim:
    """The key of one request."""

    def __init__(self, key: str, caller: str, content: bytes, keyring: Keyring) -> None:
        """Take what ``read`` found."""
        #: The id of the key's row: the same at every attempt.
        self.operation_id = new_id()
        #: Whether an earlier attempt began under the key and was not answered.
        self.is_repeat = False
        self._token: uuid.UUID | None = None
        self._key = key
        self._caller = caller
        self._content = content
        self._keyring = keyring

    @classmethod
    async def read(cls, request: Request, caller: str, keyring: Keyring) -> "KeyClaim | None":
        """Return the claim of a request that carries a key.

        Raises:
            Invalid: the key is empty, too long, or not plain ASCII.
        """
        key = request.headers.get("idempotency-key")
        if key is None:
            return None
        if not 0 < len(key) <= KEY_MAX or not (key.isascii() and key.isprintable()):
            raise Invalid(
                f"Idempotency-Key must be 1 to {KEY_MAX} printable ASCII characters.",
                errors=[FieldError("/Idempotency-Key", "Send a fresh UUID.")],
            )
        body = await request.body()
        text = f"{request.method} {request.url.path}?{request.url.query}\n".encode() + body
        return cls(key, caller, text, keyring)

    async def claim(self, work: UnitOfWork) -> None:
        """Insert the key into the request's one unit of work, waiting for a twin that is under way.

        Raises:
            Replay: the same request was answered before.
            KeyReused: another request used the key.
        """
        if await self._insert(work):
            return
        stored = await self._stored(work)
        if stored is not None:
            self._check_answered(stored)
        raise KeyInUse()

    async def answer(self, work: UnitOfWork, response: Response) -> None:
        """Store the answer, in the transaction of the effect or after the last phase."""
        kept = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
        await work.session.execute(
            update(IdempotencyKey)
            .where(*self._own())
            .values(
                status=response.status_code,
                answer=self._keyring.seal(bytes(response.body).decode()),
                headers=json.dumps(kept) if kept else None,
                lease_until=None,
            )
        )

    @asynccontextmanager
    async def phases(self, units: Units) -> AsyncIterator[None]:
        """Hold the key while an action works in phases.

        Afterwards the route class stores the answer. A refusal frees the key; after a failure of ours the row stays,
        so that the next attempt goes on under the same ``operation_id``.

        Raises:
            Replay: the same request was answered before.
            KeyReused: another request used the key.
            KeyInUse: the first one takes longer than a twin waits.
        """
        await self._take(units)
        keeper = asyncio.create_task(self._keep(units))
        try:
            yield
        except BaseException as error:
            await _stop(keeper)
            await self._give_back(units, is_refusal=_is_refusal(error))
            raise
        await _stop(keeper)

    async def _give_back(self, units: Units, *, is_refusal: bool) -> None:
        async with self._unit(units) as work:
            if is_refusal:
                await work.session.execute(delete(IdempotencyKey).where(*self._own()))
            else:
                await work.session.execute(update(IdempotencyKey).where(*self._own()).values(lease_until=None))

    async def answer_phases(self, units: Units, response: Response) -> None:
        """Store the answer of an action in phases."""
        async with self._unit(units) as work:
            await self.answer(work, response)

    async def _keep(self, units: Units) -> None:
        """Renew the lease while the attempt goes on."""
        renewed = update(IdempotencyKey).where(*self._own()).values(lease_until=func.now() + LEASE)
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            try:
                async with self._unit(units) as work:
                    await work.session.execute(renewed)
            except Exception as error:  # the database is away: the attempt itself will notice
                log.warning("idempotency.lease_not_renewed", error=type(error).__name__)

    async def _take(self, units: Units) -> None:
        self._token = uuid.uuid4()
        # Twins ask less and less often: many of them must not keep others from the database.
        for pause in (*POLL_SECONDS, None):
            async with self._unit(units) as work:
                stored = await self._stored(work)
                if stored is None and await self._insert(work, lease_until=func.now() + LEASE, lease_token=self._token):
                    return
                if stored is not None:
                    self._check_answered(stored)
                    if stored.status is None and await self._take_over(work, stored):
                        return
            if pause is not None:
                await asyncio.sleep(pause)
        raise KeyInUse()

    def _own(self) -> tuple[ColumnElement[bool], ...]:
        """Return when the row is still this attempt's: it waits for an answer, and nobody took it over."""
        return (
            IdempotencyKey.id == self.operation_id,
            IdempotencyKey.lease_token.is_not_distinct_from(self._token),
            IdempotencyKey.status.is_(None),
        )

    async def _take_over(self, work: UnitOfWork, stored: IdempotencyKey) -> bool:
        """Go on where an attempt ended without an answer; of several that try, one does."""
        statement = (
            update(IdempotencyKey)
            .where(
                IdempotencyKey.id == stored.id,
                IdempotencyKey.status.is_(None),
                (IdempotencyKey.lease_until.is_(None)) | (IdempotencyKey.lease_until < func.now()),
            )
            .values(lease_until=func.now() + LEASE, lease_token=self._token)
            .returning(IdempotencyKey.id)
        )
        if (await work.session.execute(statement)).first() is None:
            return False
        self.operation_id, self.is_repeat = stored.id, True
        return True

    async def _insert(self, work: UnitOfWork, **values: Any) -> bool:
        statement = (
            insert(IdempotencyKey)
            .values(
                id=self.operation_id,
                org_id=work.scope.org_id if isinstance(work.scope, OrganizationScope) else None,
                caller=self._caller,
                key=self._key,
                fingerprint=self._keyring.fingerprint(self._content),
                created_at=work.now(),
                **values,
            )
            .on_conflict_do_nothing(index_elements=["caller", "key"])
            .returning(IdempotencyKey.id)
        )
        return (await work.session.execute(statement)).first() is not None

    async def _stored(self, work: UnitOfWork) -> IdempotencyKey | None:
        statement = select(IdempotencyKey).where(IdempotencyKey.caller == self._caller, IdempotencyKey.key == self._key)
        return (await work.session.execute(statement)).scalar_one_or_none()

    def _check_answered(self, stored: IdempotencyKey) -> None:
        """Answer from the record where there is an answer.

        Raises:
            Replay: the same request was answered before.
            KeyReused: another request used the key.
        """
        if not self._keyring.has_fingerprint(stored.fingerprint, self._content):
            raise KeyReused("Use a fresh key for each new request.")
        if stored.status is None:
            return
        body = self._keyring.open(stored.answer) if stored.answer else ""
        kept: Mapping[str, str] = json.loads(stored.headers) if stored.headers else {}
        raise Replay(
            Response(
                body,
                status_code=stored.status,
                media_type="application/json" if body else None,
                headers={**kept, "Idempotent-Replayed": "true"},
            )
        )

    @staticmethod
    @asynccontextmanager
    async def _unit(units: Units) -> AsyncIterator[UnitOfWork]:
        """Open a unit for the key's row alone: an anonymous caller's row belongs to no organization."""
        async with units.open(units.scope or SignInScope()) as work:
            yield work


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _is_refusal(error: BaseException) -> bool:
    return isinstance(error, RequestValidationError) or (isinstance(error, Problem) and error.status < 500)


async def forget_before(work: UnitOfWork, moment: datetime) -> None:
    """Delete the keys that were made before a moment."""
    await work.session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < moment))
