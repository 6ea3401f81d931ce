"""Verify an address with the mailed token."""

from capecontrol.core.db.scope import SignInScope
from capecontrol.core.work import Units
from capecontrol.features.identity.dao.one_time_tokens import OneTimeTokenDao
from capecontrol.features.identity.dao.users import UserDao
from capecontrol.features.identity.errors import InvalidToken
from capecontrol.features.identity.models import TokenPurpose, User, UserStatus
from capecontrol.features.identity.scopes import account_scope


async def verify_email(units: Units, token: str) -> str:
    """Use the token up, open the account, and return the address: who has the token reads its mail.

    Raises:
        InvalidToken: bad, used or expired; one answer.
    """
    async with units.open(SignInScope()) as work:
        row = await OneTimeTokenDao(work).find(token, TokenPurpose.VERIFY_EMAIL)
    if row is None:
        raise InvalidToken("It has expired or was used before. Sign in, or request a new link.")
    async with units.open(account_scope(row.org_id)) as work:
        now = work.now()
        if not await OneTimeTokenDao(work).use(row.id, now):
            raise InvalidToken("It has expired or was used before. Sign in, or request a new link.")
        await UserDao(work).update_where(
            User.id == row.user_id,
            User.status == UserStatus.INVITED,
            status=UserStatus.ACTIVE,
            email_verified_at=now,
        )
        await work.record("user.email_verified", resource=("user", row.user_id))
        return (await UserDao(work).require(row.user_id)).email
