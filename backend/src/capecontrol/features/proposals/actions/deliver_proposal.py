"""Deliver a proposal that was sent: its PDF, and a mail with the viewing link."""

import uuid
from textwrap import shorten

from pydantic import SecretStr

from capecontrol.core.business import Business
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.documents import PdfRenderer
from capecontrol.core.links import Links, Pages
from capecontrol.core.outbox.dead_letter import DeadLetter
from capecontrol.core.outbox.delivery import Delivery, GiveUp
from capecontrol.core.storage import ObjectStorage
from capecontrol.features.identity.interface import owners_of, people_by_id
from capecontrol.features.notifications.interface import StoredFile, send_mail
from capecontrol.features.organizations.interface import get_organization
from capecontrol.features.projects.interface import get_project
from capecontrol.features.proposals.actions.note_delivery import about_proposal, note_message, note_withheld
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.document import filename_of, storage_key
from capecontrol.features.proposals.events import ProposalNotMailed, ProposalSent
from capecontrol.features.proposals.mails import ProposalSentMail
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.press import Press
from capecontrol.features.proposals.undelivered import UndeliveredReason

#: What a mail repeats of the summary, in characters: some lines on a phone.
_SUMMARY_LENGTH = 400
#: Staff belong to no organization: in that of the proposal nobody would be found.
_PLATFORM = PlatformScope("proposals: name whoever sent it")


async def deliver_proposal(event: ProposalSent, delivery: Delivery) -> None:
    """Mail the stored PDF with the viewing link to the organization's owners.

    A version that an earlier release sent may have no PDF yet, and a restored storage may lack one: read → render and
    store (no transaction open) → note the file, order the mails, and complete the message in one. A file that is there
    is used: what was mailed once never changes. Nobody is mailed a version whose project was archived meanwhile.
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
        if not owners:
            raise GiveUp("the organization has no owner who can be written to")
        replaced = await ProposalDao(work).newest_shown(project.id, before=proposal.version)
        token = work.keyring.open(event.sealed_token)
    sent_by = await _sender_name(delivery, proposal.sent_by) if proposal.sent_by else ""
    key = proposal.pdf_key or storage_key(proposal)
    sha256 = proposal.pdf_sha256
    if not await storage.exists(key):
        press = Press(ports.get(PdfRenderer), storage, links.public_url)
        source = str(organization.id)
        data = await press.render(proposal, project, organization, business, source=source)
        sha256 = (await press.store(key, data)).sha256
    async with delivery.completing() as work:
        dao = ProposalDao(work)
        standing = await dao.get(proposal.id, lock=True)
        if standing is None or standing.is_closed:
            await note_withheld(work, proposal.id, delivery.message_id)
            return
        # The revision stays: nothing that a person edits has changed.
        await dao.update_where(Proposal.id == proposal.id, pdf_key=key, pdf_sha256=sha256)
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
                    replaced_version=replaced.version if replaced else 0,
                    replaced_sent_text=business.formats.date_of(replaced.sent_at)
                    if replaced and replaced.sent_at
                    else "",
                    url=SecretStr(links.page(Pages.shared_proposal(token))),
                ),
                to=owner.email,
                attachments=[StoredFile(key=key, filename=filename_of(proposal, project.code))],
                about=about_proposal(proposal.id),
            )
        # A letter of this message that had been given up, and was revived.
        await note_message(work, proposal.id, delivery.message_id, to="", reason=UndeliveredReason.NO_RECIPIENT)


def tell_of_death(event: ProposalSent, letter: DeadLetter) -> ProposalNotMailed:
    """Return what is noted of a version whose e-mails could not be written."""
    reason = UndeliveredReason.NO_RECIPIENT if letter.was_given_up else UndeliveredReason.UNREACHABLE
    return ProposalNotMailed(
        org_id=event.org_id, proposal_id=event.proposal_id, message_id=letter.message_id, reason=reason
    )


async def _sender_name(delivery: Delivery, sender_id: uuid.UUID) -> str:
    async with delivery.phase(_PLATFORM) as work:
        sender = (await people_by_id(work, {sender_id})).get(sender_id)
    return sender.full_name if sender else ""
