"""Queries of idempotency keys."""

import uuid
from datetime import timedelta

from sqlalchemy import ColumnElement, Interval, bindparam, delete, func, update
from sqlalchemy.dialects.postgresql import insert

from capecontrol.core.dao import Dao
from capecontrol.core.db.prepared_statement import PreparedStatement
from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.http.idempotency.model import IdempotencyKey
from capecontrol.core.scoped_write import ScopedWrite


class IdempotencyKeyDao(Dao[IdempotencyKey]):
    """Keys within the scope. What an attempt changes, it changes while the row has its token."""

    model = IdempotencyKey

    async def find(self, caller: str, key: str) -> IdempotencyKey | None:
        """Return the row of a caller's key."""
        return await self.one(
            self.select().where(IdempotencyKey.caller == caller, IdempotencyKey.key == key),
        )

    async def insert(
        self,
        identifier: uuid.UUID,
        token: uuid.UUID,
        *,
        caller: str,
        key: str,
        fingerprint: str,
        status: int,
        answer: str,
        lease: timedelta | None,
    ) -> bool:
        """Insert a key once, and tell whether this was the first. Of two at once the second waits for the first.

        Args:
            identifier: the row's id, the same at every attempt.
            token: the attempt's.
            caller, key, fingerprint: whose key it is, and for what.
            status, answer: what release 0.1.0 answers until there is an answer.
            lease: how long the attempt has, where it is not one transaction.
        """
        made = await _INSERT.all(
            self.work.transaction,
            id=identifier,
            org_id=self.work.scope.org_id if isinstance(self.work.scope, OrganizationScope) else None,
            caller=caller,
            key=key,
            fingerprint=fingerprint,
            status=status,
            answer=answer,
            lease=lease,
            lease_token=token,
            created_at=self.work.now(),
        )
        return bool(made)

    async def take_over(self, identifier: uuid.UUID, token: uuid.UUID, lease: timedelta) -> bool:
        """Go on where an attempt ended without an answer; of several that try, one does."""
        is_unanswered = IdempotencyKey.lease_token.is_not(None) | IdempotencyKey.status.is_(None)
        is_free = IdempotencyKey.lease_until.is_(None) | (IdempotencyKey.lease_until < func.now())
        taken = await self.update_where(
            IdempotencyKey.id == identifier,
            is_unanswered,
            is_free,
            lease_until=func.now() + lease,
            lease_token=token,
        )
        return taken == 1

    async def renew(self, identifier: uuid.UUID, token: uuid.UUID, lease: timedelta) -> bool:
        """Begin an attempt's lease anew; tell whether the key is still its own."""
        return await self.update_where(*_held(identifier, token), lease_until=func.now() + lease) == 1

    async def end_lease(self, identifier: uuid.UUID, token: uuid.UUID) -> bool:
        """Let the next attempt take over at once; tell whether the key was still this one's."""
        return await self.update_where(*_held(identifier, token), lease_until=None) == 1

    async def free(self, identifier: uuid.UUID, token: uuid.UUID) -> bool:
        """Delete an attempt's key, for nothing was made under it; tell whether it was still its own."""
        statement = delete(IdempotencyKey).where(*_held(identifier, token)).returning(IdempotencyKey.id)
        return (await self.session.execute(statement)).first() is not None

    async def answer(
        self, identifier: uuid.UUID, token: uuid.UUID, *, status: int, answer: str, headers: str | None
    ) -> bool:
        """Store the answer of an attempt; tell whether the key was still its own."""
        answered = await _ANSWER.one(
            self.work, identifier=identifier, token=token, new_status=status, new_answer=answer, new_headers=headers
        )
        return answered is not None

    async def forget_older_than(self, age: timedelta) -> None:
        """Delete the keys that are older than an age by the database's clock: a process's own may be a day ahead."""
        await self.session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < func.now() - age))


def _held(identifier: uuid.UUID, token: uuid.UUID) -> tuple[ColumnElement[bool], ...]:
    """Return when the row is still an attempt's: it waits for an answer, and nobody took it over."""
    return IdempotencyKey.id == identifier, IdempotencyKey.lease_token == token


_GIVEN = ("id", "org_id", "caller", "key", "fingerprint", "status", "answer", "lease_token", "created_at")
_INSERT = PreparedStatement(
    insert(IdempotencyKey)
    # Without a lease: null.
    .values(**{name: bindparam(name) for name in _GIVEN}, lease_until=func.now() + bindparam("lease", type_=Interval))
    .on_conflict_do_nothing(index_elements=["caller", "key"])
    .returning(IdempotencyKey.id),
    lambda identifier: identifier,
)
_ANSWER = ScopedWrite(
    update(IdempotencyKey)
    .where(IdempotencyKey.id == bindparam("identifier"), IdempotencyKey.lease_token == bindparam("token"))
    .values(
        status=bindparam("new_status"),
        answer=bindparam("new_answer"),
        headers=bindparam("new_headers"),
        lease_until=None,
        lease_token=None,
    ),
    (IdempotencyKey.id,),
    lambda identifier: identifier,
    owner=IdempotencyKey.org_id,
)
