"""Queries about one-time tokens."""

import uuid
from datetime import datetime

from sqlalchemy import update

from capecontrol.core.crypto import digest
from capecontrol.core.dao import Dao
from capecontrol.features.identity.models import OneTimeToken, TokenPurpose


class OneTimeTokenDao(Dao[OneTimeToken]):
    """One-time tokens within the scope."""

    model = OneTimeToken

    async def find(self, token: str, purpose: TokenPurpose) -> OneTimeToken | None:
        """Return the row of a token that was made for a purpose, used or not."""
        statement = self.select().where(OneTimeToken.token_hash == digest(token), OneTimeToken.purpose == purpose)
        return await self.one(statement)

    async def use(self, token_id: uuid.UUID, now: datetime) -> bool:
        """Use a token up; tell whether it was good. Of two at once one gets True."""
        return bool(
            await self.update_where(
                OneTimeToken.id == token_id,
                OneTimeToken.used_at.is_(None),
                OneTimeToken.expires_at > now,
                used_at=now,
            )
        )

    async def forget_expired_before(self, moment: datetime, limit: int) -> int:
        """Delete tokens that expired before a moment, used or not; return how many."""
        return await self.delete_first(OneTimeToken.expires_at < moment, by=OneTimeToken.expires_at, limit=limit)

    async def spend_others(self, user_id: uuid.UUID, purpose: TokenPurpose, now: datetime) -> None:
        """Use up all of a person's open tokens of a purpose: only the newest mail's link is good."""
        await self.session.execute(
            update(OneTimeToken)
            .where(
                *self.owned(),
                OneTimeToken.user_id == user_id,
                OneTimeToken.purpose == purpose,
                OneTimeToken.used_at.is_(None),
            )
            .values(used_at=now)
            .execution_options(synchronize_session=False)
        )
