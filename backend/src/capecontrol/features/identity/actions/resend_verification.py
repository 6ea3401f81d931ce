"""Send the verification mail again."""

from capecontrol.core.db.scope import SignInScope
from capecontrol.core.links import Links
from capecontrol.core.work import Units
from capecontrol.features.identity.dao.users import UserDao
from capecontrol.features.identity.models import UserStatus
from capecontrol.features.identity.scopes import account_scope
from capecontrol.features.identity.verification import mail_verification


async def resend_verification(units: Units, email: str, links: Links) -> None:
    """Mail a fresh link if the address waits for one. The caller learns nothing either way."""
    async with units.open(SignInScope()) as work:
        user = await UserDao(work).by_email(email)
    if user is None or user.status != UserStatus.INVITED or user.email_verified_at is not None:
        return
    async with units.open(account_scope(user.org_id)) as work:
        await mail_verification(work, links, user)
        await work.record("user.verification_resent", resource=("user", user.id))
