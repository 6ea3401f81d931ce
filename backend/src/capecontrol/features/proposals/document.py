"""The document that a client keeps: a proposal as a page of HTML, for the PDF."""

import re
import uuid
from collections.abc import Mapping

from capecontrol.core.business import Business
from capecontrol.core.line_items.column_widths import ColumnWidths
from capecontrol.core.line_items.tax_table import tax_table
from capecontrol.core.templating import templates
from capecontrol.features.organizations.interface import OrganizationSummary
from capecontrol.features.projects.interface import ProjectSummary
from capecontrol.features.proposals.content import lines_of
from capecontrol.features.proposals.models import Proposal

#: No word, and hardly an address: of what is longer, nobody copies a part.
_LONG_RUN = re.compile(r"[^ \n]{100,}")
_SOFT_BREAK = "\u200b"
_PIECE = re.compile(r".{1,40}")


def filename_of(proposal: Proposal, project_code: str) -> str:
    """Return how the file is called where it is saved: ``PRJ-2026-019-proposal-v2.pdf``."""
    return f"{project_code}-proposal-v{proposal.version}.pdf"


def storage_key(proposal: Proposal) -> str:
    """Return where the file of a version is kept that was sent without one, as releases before this one sent all."""
    return f"proposals/{proposal.org_id}/{proposal.id}/v{proposal.version}.pdf"


def sent_key(proposal: Proposal, sending_id: uuid.UUID, attempt_id: uuid.UUID) -> str:
    """Return where one attempt of a sending keeps its file: no attempt replaces another's, however late it comes."""
    return f"{_sent_by(proposal, sending_id)}-{attempt_id}.pdf"


def was_sent_by(proposal: Proposal, sending_id: uuid.UUID) -> bool:
    """Tell whether a version was sent by an attempt of this sending."""
    return proposal.pdf_key is not None and proposal.pdf_key.startswith(_sent_by(proposal, sending_id))


def _sent_by(proposal: Proposal, sending_id: uuid.UUID) -> str:
    return f"proposals/{proposal.org_id}/{proposal.id}/v{proposal.version}-{sending_id}"


def _with_soft_breaks(text: str) -> str:
    """Return a text whose longest words may be broken: to lay out one of 20,000 letters took twelve seconds."""
    return _LONG_RUN.sub(lambda run: _SOFT_BREAK.join(_PIECE.findall(run[0])), text)


def to_html(
    proposal: Proposal,
    project: ProjectSummary,
    organization: OrganizationSummary,
    business: Business,
    pictures: Mapping[str, bytes],
    *,
    portal: str,
) -> str:
    """Write a proposal as a complete HTML document, which ``pictures`` come with; it is approved at the ``portal``.

    What was sent carries the names of that time; a draft carries today's, and says that it is one. How the business is
    reached is today's: the file is written as the proposal is sent.
    """
    parties: Mapping[str, str] = proposal.parties or {
        "seller": business.name,
        "tax_name": business.tax_name,
        "organization": organization.name,
        "project_code": project.code,
        "project_title": project.title,
    }
    lines = lines_of(proposal)
    return (
        templates("capecontrol.features.proposals", "documents")
        .get_template("proposal.html")
        .render(
            proposal=proposal,
            parties=parties,
            is_draft=proposal.sent_at is None,
            lines=[line for line in lines if line.is_charged],
            optional_lines=[line for line in lines if not line.is_charged],
            taxes=tax_table(lines),
            currency=proposal.currency,
            formats=business.formats,
            widths=ColumnWidths.of(lines, business.formats, proposal.currency),
            soft=_with_soft_breaks,
            pictures=pictures,
            sender=business,
            accents=business.light_accents,
            portal=portal.removeprefix("https://").rstrip("/"),
        )
    )
