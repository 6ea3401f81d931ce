"""Idempotency keys: a POST that is sent twice makes one thing and gets the first answer twice.

The key's row is inserted at the start of the unit of work, so a second request with it waits on the unique index until
the first has committed (then it replays) or rolled back (then it goes on). The answer is stored in the same
transaction as the effect. Refusals are not stored: they changed nothing.
"""

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, SmallInteger, Text, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column
from starlette.requests import Request
from starlette.responses import Response

from capecontrol.core.crypto import Keyring
from capecontrol.core.db.base import Base, CreatedAt, IdMixin, TableAccess
from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.ids import new_id
from capecontrol.core.problems import Conflict, FieldError, Invalid
from capecontrol.core.work import UnitOfWork

KEY_MAX = 255


class IdempotencyKey(IdMixin, CreatedAt, Base):
    """One key of one caller, and the answer it got (sealed: answers may hold secrets)."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        Index("uq_idempotency_keys_caller_key", "caller", "key", unique=True),
        Index("ix_idempotency_keys_created_at", "created_at"),
        Index("ix_idempotency_keys_org_id", "org_id"),
    )
    access: ClassVar[TableAccess] = TableAccess(
        runtime="select insert update delete", signin="select insert update delete"
    )

    # Checked at the commit: a registration claims its key before it makes the organization.
    org_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organizations.id", deferrable=True, initially="DEFERRED")
    )
    caller: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(Text)
    status: Mapped[int | None] = mapped_column(SmallInteger)
    answer: Mapped[str | None] = mapped_column(Text)


class KeyReused(Invalid):
    """The key was used before, for something else."""

    slug: ClassVar[str] = "request/idempotency-key-reused"
    title: ClassVar[str] = "This Idempotency-Key was used for another request"


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
        self._id = new_id()
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
        """Insert the key into the unit of work, waiting for a twin that is under way.

        Raises:
            Replay: the same request was answered before.
            KeyReused: another request used the key.
        """
        statement = (
            insert(IdempotencyKey)
            .values(
                id=self._id,
                org_id=work.scope.org_id if isinstance(work.scope, OrganizationScope) else None,
                caller=self._caller,
                key=self._key,
                fingerprint=self._keyring.fingerprint(self._content),
                created_at=work.now(),
            )
            .on_conflict_do_nothing(index_elements=["caller", "key"])
            .returning(IdempotencyKey.id)
        )
        if (await work.session.execute(statement)).first() is not None:
            return
        await self.replay(work)
        # A twin of a stranger made its row in an organization that this unit cannot see.
        raise Conflict("A request with this Idempotency-Key was just served; send it again to get its answer.")

    async def replay(self, work: UnitOfWork) -> None:
        """Answer from the record if the key was used before and the scope can see it.

        Raises:
            Replay: the same request was answered before.
            KeyReused: another request used the key.
        """
        stored = (
            await work.session.execute(
                select(IdempotencyKey).where(IdempotencyKey.caller == self._caller, IdempotencyKey.key == self._key)
            )
        ).scalar_one_or_none()
        if stored is None:
            return
        if not self._keyring.has_fingerprint(stored.fingerprint, self._content):
            raise KeyReused("Use a fresh key for each new request.")
        body = self._keyring.open(stored.answer) if stored.answer else ""
        raise Replay(
            Response(
                body,
                status_code=stored.status or 200,
                media_type="application/json" if body else None,
                headers={"Idempotent-Replayed": "true"},
            )
        )

    async def keep(self, work: UnitOfWork, status: int, body: str) -> None:
        """Store the answer beside the effect, in the same transaction."""
        await work.session.execute(
            update(IdempotencyKey)
            .where(IdempotencyKey.id == self._id)
            .values(status=status, answer=self._keyring.seal(body))
        )


async def forget_before(work: UnitOfWork, moment: datetime) -> None:
    """Delete the keys that were made before a moment."""
    await work.session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < moment))
