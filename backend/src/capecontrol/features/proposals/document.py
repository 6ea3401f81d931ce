"""The document that a client keeps: a proposal as a page of HTML, for the PDF."""

from collections.abc import Mapping

from capecontrol.core.business import Business
from capecontrol.core.line_items.tax_table import tax_table
from capecontrol.core.templating import templates
from capecontrol.features.organizations.interface import OrganizationSummary
from capecontrol.features.projects.interface import ProjectSummary
from capecontrol.features.proposals.content import lines_of
from capecontrol.features.proposals.models import Proposal


def filename_of(proposal: Proposal, project_code: str) -> str:
    """Return how the file is called where it is saved: ``PRJ-2026-019-proposal-v2.pdf``."""
    return f"{project_code}-proposal-v{proposal.version}.pdf"


def storage_key(proposal: Proposal) -> str:
    """Return where the file is kept."""
    return f"proposals/{proposal.org_id}/{proposal.id}/v{proposal.version}.pdf"


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
            pictures=pictures,
            sender=business,
            accents=business.light_accents,
            portal=portal.removeprefix("https://").rstrip("/"),
        )
    )
