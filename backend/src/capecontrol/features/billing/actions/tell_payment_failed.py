"""Tell the owners of an organization that their payment failed."""

from capecontrol.core.business import Business
from capecontrol.core.links import Links, Pages
from capecontrol.core.outbox.delivery import Delivery, GiveUp
from capecontrol.features.billing.dao.intents import IntentDao
from capecontrol.features.billing.events import PaymentFailed
from capecontrol.features.billing.mails import PaymentFailedMail
from capecontrol.features.identity.interface import owners_of
from capecontrol.features.notifications.interface import send_mail
from capecontrol.features.organizations.interface import get_organization
from capecontrol.features.projects.interface import get_project
from capecontrol.features.proposals.interface import get_proposal


async def tell_payment_failed(event: PaymentFailed, delivery: Delivery) -> None:
    """Mail the owners that no money came, and where they can pay again, if they still can."""
    business, links = delivery.ports.get(Business), delivery.ports.get(Links)
    async with delivery.completing() as work:
        intent = await IntentDao(work).get(event.payment_intent_id)
        proposal = await get_proposal(work, intent.proposal_id) if intent else None
        organization = await get_organization(work, intent.org_id) if intent else None
        if intent is None or proposal is None or organization is None:
            raise GiveUp("the payment is gone")
        project = await get_project(work, proposal.project_id)
        for owner in await owners_of(work, intent.org_id):
            await send_mail(
                work,
                PaymentFailedMail(
                    full_name=owner.full_name,
                    organization_name=organization.name,
                    title=proposal.title,
                    project_code=project.code if project else "",
                    total_text=business.formats.minor_units(intent.amount, intent.currency),
                    url=links.page(Pages.proposal(proposal.id)),
                    is_closed=proposal.is_closed,
                ),
                to=owner.email,
            )
