"""Deliver a proposal that was sent: its PDF, and a mail with the viewing link."""

import uuid
from textwrap import shorten

from pydantic import SecretStr

from capecontrol.core.business import Business
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.documents import MEDIA_TYPE, PdfRenderer
from capecontrol.core.letterhead import letterhead
from capecontrol.core.links import Links, Pages
from capecontrol.core.outbox.delivery import Delivery, GiveUp
from capecontrol.core.storage import ObjectStorage
from capecontrol.features.identity.interface import owners_of, people_by_id
from capecontrol.features.notifications.interface import StoredFile, send_mail
from capecontrol.features.organizations.interface import get_organization
from capecontrol.features.projects.interface import get_project
from capecontrol.features.proposals.dao import ProposalDao
from capecontrol.features.proposals.document import filename_of, storage_key, to_html
from capecontrol.features.proposals.events import ProposalSent
from capecontrol.features.proposals.mails import ProposalSentMail
from capecontrol.features.proposals.models import Proposal

#: What a mail repeats of the summary, in characters: some lines on a phone.
_SUMMARY_LENGTH = 400
#: Staff belong to no organization: in that of the proposal nobody would be found.
_PLATFORM = PlatformScope("proposals: name whoever sent it")


async def deliver_proposal(event: ProposalSent, delivery: Delivery) -> None:
    """Render the PDF, store it, and mail it with the viewing link to the organization's owners.

    Read → render and store (no transaction open) → note the file, order the mails, and complete the message in one.
    At a second attempt the stored file is used: what was mailed once never changes.
    """
    ports = delivery.ports
    business, links, storage = ports.get(Business), ports.get(Links), ports.get(ObjectStorage)
    async with delivery.phase() as work:
        proposal = await ProposalDao(work).get(event.proposal_id)
        project = await get_project(work, event.project_id)
        organization = await get_organization(work, project.org_id) if project else None
        if proposal is None or project is None or organization is None:
            raise GiveUp("the proposal, its project or its organization is gone")
        owners = await owners_of(work, organization.id)
        token = work.keyring.open(event.sealed_token)
    sent_by = await _sender_name(delivery, proposal.sent_by) if proposal.sent_by else ""
    key = storage_key(proposal)
    if not await storage.exists(key):
        pictures = await letterhead(storage, business)
        page = to_html(proposal, project, organization, business, pictures, portal=links.public_url)
        await storage.put(key, await ports.get(PdfRenderer).render(page, pictures), MEDIA_TYPE)
    async with delivery.completing() as work:
        # The revision stays: nothing that a person edits has changed.
        await ProposalDao(work).update_where(Proposal.id == proposal.id, pdf_key=key)
        for owner in owners:
            await send_mail(
                work,
                ProposalSentMail(
                    full_name=owner.full_name,
                    organization_name=organization.name,
                    project_code=project.code,
                    title=proposal.title,
                    version=proposal.version,
                    total_text=business.formats.minor_units(proposal.total, proposal.currency),
                    valid_until_text=business.formats.date_of(proposal.valid_until) if proposal.valid_until else "",
                    summary=shorten(proposal.summary, _SUMMARY_LENGTH, placeholder=" …"),
                    sent_by=sent_by,
                    url=SecretStr(links.page(Pages.shared_proposal(token))),
                ),
                to=owner.email,
                attachments=[StoredFile(key=key, filename=filename_of(proposal, project.code))],
            )


async def _sender_name(delivery: Delivery, sender_id: uuid.UUID) -> str:
    async with delivery.phase(_PLATFORM) as work:
        sender = (await people_by_id(work, {sender_id})).get(sender_id)
    return sender.full_name if sender else ""
