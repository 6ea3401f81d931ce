"""The mails of identity: what they say is in the templates of notifications."""

from datetime import timedelta

from capecontrol.core.crypto import digest, new_secret
from capecontrol.core.links import Links
from capecontrol.core.work import UnitOfWork
from capecontrol.features.identity.dao import OneTimeTokenDao
from capecontrol.features.identity.models import OneTimeToken, TokenPurpose, User
from capecontrol.features.notifications.interface import MailRequest, send_mail

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
    await send_mail(
        work,
        MailRequest(
            to=user.email,
            template="verify_email",
            context={"full_name": user.full_name},
            secrets={"url": links.page(f"/verify-email/{token}")},
        ),
    )


async def mail_address_known(work: UnitOfWork, links: Links, user: User) -> None:
    """Tell the owner of an address that somebody tried to register it."""
    await send_mail(
        work,
        MailRequest(
            to=user.email,
            template="address_known",
            context={"full_name": user.full_name, "login_url": links.page("/login")},
        ),
    )
