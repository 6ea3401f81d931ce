"""The verification of an address: a link that is mailed to it."""

from datetime import timedelta

from pydantic import SecretStr

from capecontrol.core.crypto import digest, new_secret
from capecontrol.core.links import Links, Pages
from capecontrol.core.work import UnitOfWork
from capecontrol.features.identity.dao.one_time_tokens import OneTimeTokenDao
from capecontrol.features.identity.mails import VerificationMail
from capecontrol.features.identity.models import OneTimeToken, TokenPurpose, User
from capecontrol.features.notifications.interface import send_mail

VERIFY_TTL = timedelta(hours=24)


async def mail_verification(work: UnitOfWork, links: Links, user: User) -> None:
    """Send a fresh verification link; older ones stop working."""
    now, token = work.now(), new_secret()
    dao = OneTimeTokenDao(work)
    await dao.spend_others(user.id, TokenPurpose.VERIFY_EMAIL, now)
    await dao.add(
        OneTimeToken(
            org_id=user.org_id,
            user_id=user.id,
            purpose=TokenPurpose.VERIFY_EMAIL,
            token_hash=digest(token),
            expires_at=now + VERIFY_TTL,
        )
    )
    url = SecretStr(links.page(Pages.verify_email(token)))
    await send_mail(work, VerificationMail(url=url), to=user.email)
