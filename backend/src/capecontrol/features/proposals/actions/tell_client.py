"""Tell a client that what it was offered has expired."""

from capecontrol.core.business import Business
from capecontrol.core.links import Links, Pages
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.features.identity.interface import owners_of
from capecontrol.features.notifications.interface import send_mail
from capecontrol.features.organizations.interface import get_organization
from capecontrol.features.projects.interface import get_project
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.events import ProposalExpired
from capecontrol.features.proposals.mails import OfferExpiredMail


async def tell_client_of_expiry(event: ProposalExpired, delivery: Delivery) -> None:
    """Mail the owners of the client's organization, unless they have a newer version, or the project is archived."""
    async with delivery.completing() as work:
        dao = ProposalDao(work)
        proposal = await dao.get(event.proposal_id)
        newest = await dao.newest_shown(event.project_id)
        project = await get_project(work, event.project_id)
        organization = await get_organization(work, event.org_id) if event.org_id else None
        if proposal is None or project is None or organization is None or newest is None:
            return
        if newest.version > proposal.version or proposal.is_closed:
            return
        ports = delivery.ports
        formats = ports.get(Business).formats
        for owner in await owners_of(work, organization.id):
            await send_mail(
                work,
                OfferExpiredMail(
                    full_name=owner.full_name,
                    organization_name=organization.name,
                    project_code=project.code,
                    title=proposal.title,
                    version=proposal.version,
                    total_text=formats.minor_units(proposal.total, proposal.currency),
                    valid_until_text=formats.date_of(proposal.valid_until) if proposal.valid_until else "",
                    url=ports.get(Links).page(Pages.proposal(proposal.id)),
                ),
                to=owner.email,
            )
