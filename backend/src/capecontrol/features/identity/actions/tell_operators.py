"""Tell all operators of what one of them did, and somebody in their place may have done."""

from capecontrol.core.business import Business
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.links import Links, Pages
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.permissions import Role
from capecontrol.features.business.events import BankDetailsChanged, ContactChanged
from capecontrol.features.identity.dao.users import UserDao
from capecontrol.features.identity.mails import BankDetailsChangedMail, ContactChangedMail
from capecontrol.features.notifications.interface import send_mail


async def tell_of_bank_details(event: BankDetailsChanged, delivery: Delivery) -> None:
    """Mail every operator that clients are asked to transfer money elsewhere, also the one who changed it."""
    await _tell(event, delivery, BankDetailsChangedMail)


async def tell_of_contact(event: ContactChanged, delivery: Delivery) -> None:
    """Mail every operator that clients are asked to write, call or look elsewhere, also the one who changed it."""
    await _tell(event, delivery, ContactChangedMail)


async def _tell(
    event: BankDetailsChanged | ContactChanged,
    delivery: Delivery,
    declared: type[BankDetailsChangedMail | ContactChangedMail],
) -> None:
    business, links = delivery.ports.get(Business), delivery.ports.get(Links)
    async with delivery.completing(PlatformScope("identity: tell operators of a change of the business")) as work:
        people = UserDao(work)
        changed_by = await people.get(event.changed_by)
        for operator in await people.active_staff(Role.OPERATOR):
            mail = declared(
                full_name=operator.full_name,
                changed_by=changed_by.full_name if changed_by else "Someone",
                changed_text=business.formats.moment(event.changed_at),
                url=links.page(Pages.business()),
            )
            await send_mail(work, mail, to=operator.email)
