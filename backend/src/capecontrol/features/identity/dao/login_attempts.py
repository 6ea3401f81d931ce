"""Queries about tries to sign in."""

import uuid
from datetime import datetime

from sqlalchemy import and_, delete, func, select

from capecontrol.core.dao import Dao
from capecontrol.features.identity.models import LoginAttempt


class LoginAttemptDao(Dao[LoginAttempt]):
    """Tries to sign in. They belong to no organization: the address may be nobody's."""

    model = LoginAttempt
    owner = None

    async def lock(self, email: str, session_id: uuid.UUID | None) -> None:
        """Let one try of an address, or of a session, count at a time, until the unit ends."""
        counted_by = email if session_id is None else str(session_id)
        await self.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(counted_by, 0))))

    async def withdraw(self, attempt_id: uuid.UUID) -> None:
        """Forget a try that was none."""
        await self.session.execute(delete(LoginAttempt).where(LoginAttempt.id == attempt_id))

    async def forget_before(self, moment: datetime, limit: int) -> int:
        """Delete tries that were made before a moment; return how many."""
        return await self.delete_first(LoginAttempt.created_at < moment, by=LoginAttempt.created_at, limit=limit)

    async def failures_since(self, email: str, session_id: uuid.UUID | None, since: datetime) -> list[datetime]:
        """Return when tries failed, newest first, since a moment and the last success.

        Args:
            email: with which address.
            session_id: the session that was to be confirmed; None for signing in.
            since: from when on.
        """
        is_same = (
            and_(LoginAttempt.email == email, LoginAttempt.session_id.is_(None))
            if session_id is None
            else LoginAttempt.session_id == session_id
        )
        success = select(func.max(LoginAttempt.created_at)).where(is_same, LoginAttempt.succeeded).scalar_subquery()
        statement = (
            select(LoginAttempt.created_at)
            .where(
                is_same,
                ~LoginAttempt.succeeded,
                LoginAttempt.created_at > since,
                LoginAttempt.created_at > func.coalesce(success, since),
            )
            .order_by(LoginAttempt.created_at.desc())
            .limit(20)
        )
        return list((await self.session.execute(statement)).scalars())
