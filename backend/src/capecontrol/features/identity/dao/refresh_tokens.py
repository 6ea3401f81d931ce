"""Queries about refresh tokens."""

import uuid
from dataclasses import dataclass

from sqlalchemy import (
    bindparam,
    select,
    update,
)

from capecontrol.core.crypto import digest
from capecontrol.core.dao import Dao
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.core.scoped_write import ScopedWrite
from capecontrol.features.identity.models import (
    RefreshToken,
)


@dataclass(frozen=True, slots=True)
class TokenSession:
    """The session of a refresh token, and whose it is; staff belong to no organization."""

    session_id: uuid.UUID
    org_id: uuid.UUID | None


class RefreshTokenDao(Dao[RefreshToken]):
    """Refresh tokens within the scope."""

    model = RefreshToken

    async def session_of(self, token: str) -> TokenSession | None:
        """Return the session of a token, used or not."""
        return await _TOKEN_SESSION.one(self.work, token_hash=digest(token))

    async def use(self, token: str, *, successor: RefreshToken, sealed: str) -> bool:
        """Replace a token by its successor; tell whether it was good. Of two at once one gets True."""
        used = await _USED.one(
            self.work,
            hash_of_used=digest(token),
            session=successor.session_id,
            now=self.work.now(),
            successor=successor.id,
            sealed=sealed,
        )
        if used:
            self.add_last(successor)
        return bool(used)

    async def of_session(self, session_id: uuid.UUID, token: str) -> RefreshToken | None:
        """Return the row of a session's token."""
        own = (RefreshToken.session_id == session_id) & (RefreshToken.token_hash == digest(token))
        return await self.one(self.select().where(own))


_TOKEN_SESSION = ScopedRead(
    select(RefreshToken.session_id, RefreshToken.org_id).where(RefreshToken.token_hash == bindparam("token_hash")),
    TokenSession,
    owner=RefreshToken.org_id,
)
_USED = ScopedWrite(
    update(RefreshToken)
    .where(
        RefreshToken.token_hash == bindparam("hash_of_used"),
        RefreshToken.session_id == bindparam("session"),
        RefreshToken.used_at.is_(None),
    )
    .values(used_at=bindparam("now"), successor_id=bindparam("successor"), successor=bindparam("sealed")),
    (RefreshToken.id,),
    lambda _: True,
    owner=RefreshToken.org_id,
)
