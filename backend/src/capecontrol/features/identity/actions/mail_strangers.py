"""Write what strangers had sent to an address: so many mails to one mailbox, and the caller never learns whether.

What they asked for is forgotten as soon as it was looked at: else each request, also one for an address that nobody
here has, would keep what was typed, and from where, for two weeks.
"""

import structlog

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.links import Links, Pages
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.work import UnitOfWork
from capecontrol.features.identity.dao.mail_allowances import MailAllowanceDao, MailPurpose
from capecontrol.features.identity.dao.users import UserDao
from capecontrol.features.identity.events import KnownAddressRegistered, VerificationRequested
from capecontrol.features.identity.mails import AddressKnownMail
from capecontrol.features.identity.models import UserStatus
from capecontrol.features.identity.verification import mail_verification
from capecontrol.features.notifications.interface import send_mail

log = structlog.get_logger("identity")


async def mail_requested_verification(event: VerificationRequested, delivery: Delivery) -> None:
    """Mail a link to the address if it waits for one. One that is withheld leaves the link before it as it was."""
    async with delivery.completing(PlatformScope("identity: mail a verification link"), forget=True) as work:
        user = await UserDao(work).by_email(event.email)
        if user is None or user.status != UserStatus.INVITED or user.email_verified_at is not None:
            return
        if not await _may_go(work, MailPurpose.VERIFICATION, user.email):
            return
        await mail_verification(work, delivery.ports.get(Links), user)
        await work.record("user.verification_sent", resource=("user", user.id), org_id=user.org_id)


async def tell_of_known_address(event: KnownAddressRegistered, delivery: Delivery) -> None:
    """Mail the owner of an address that somebody registered with it again."""
    async with delivery.completing(PlatformScope("identity: tell of a known address"), forget=True) as work:
        user = await UserDao(work).require(event.user_id)
        if await _may_go(work, MailPurpose.KNOWN_ADDRESS, user.email):
            mail = AddressKnownMail(login_url=delivery.ports.get(Links).page(Pages.login()))
            await send_mail(work, mail, to=user.email)


async def _may_go(work: UnitOfWork, purpose: MailPurpose, address: str) -> bool:
    """Tell whether a mail to an address may go, and count it.

    Mails are counted, not requests: whoever asks for nothing, again and again, takes no mail from the address's owner.
    """
    if await MailAllowanceDao(work).take(purpose, address):
        return True
    # Without the address: the log says by its request who asked.
    log.info("mail.withheld")
    return False
