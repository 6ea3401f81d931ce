"""The document that a client keeps: a proposal as a page of HTML, for the PDF."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from capecontrol.core.business import Business
from capecontrol.core.money import Money
from capecontrol.core.templating import templates
from capecontrol.features.organizations.interface import OrganizationFacts
from capecontrol.features.projects.interface import ProjectFacts
from capecontrol.features.proposals.content import lines_of
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.pricing import PricedLine

MEDIA_TYPE = "application/pdf"


def filename_of(proposal: Proposal, project_code: str) -> str:
    """Return how the file is called where it is saved: ``PRJ-2026-019-proposal-v2.pdf``."""
    return f"{project_code}-proposal-v{proposal.version}.pdf"


def storage_key(proposal: Proposal) -> str:
    """Return where the file is kept."""
    return f"proposals/{proposal.org_id}/{proposal.id}/v{proposal.version}.pdf"


def to_html(proposal: Proposal, project: ProjectFacts, organization: OrganizationFacts, business: Business) -> str:
    """Write a proposal as a complete HTML document.

    What was sent carries the names of that time; a draft carries today's, and says that it is one.
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
            lines=[_row(line, proposal) for line in lines if not line.is_optional],
            optional_lines=[_row(line, proposal) for line in lines if line.is_optional],
            taxes=_taxes(lines, proposal.currency),
            subtotal=Money(proposal.subtotal, proposal.currency),
            total=Money(proposal.total, proposal.currency),
            timezone=business.timezone.key,
        )
    )


def _row(line: PricedLine, proposal: Proposal) -> dict[str, object]:
    amount = line.gross if proposal.tax_inclusive else line.net
    return {
        "description": line.description,
        "quantity": line.quantity,
        "unit_price": Money(line.unit_price, proposal.currency),
        "amount": Money(amount, proposal.currency),
    }


def _taxes(lines: list[PricedLine], currency: str) -> list[tuple[Decimal, Money]]:
    """Return (rate, tax) for each rate that is charged, the highest first."""
    sums: dict[Decimal, int] = defaultdict(int)
    for line in lines:
        if not line.is_optional:
            sums[line.tax_rate] += line.tax
    return [(rate, Money(sums[rate], currency)) for rate in sorted(sums, reverse=True)]
