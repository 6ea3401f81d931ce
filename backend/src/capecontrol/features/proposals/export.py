"""Proposals as a file: what stands in its columns."""

from capecontrol.core.export.column import Column
from capecontrol.core.export.csv_list import CsvList
from capecontrol.core.export.span import Part, Span
from capecontrol.core.work import UnitOfWork
from capecontrol.features.organizations.interface import organization_to_join
from capecontrol.features.projects.interface import project_to_join
from capecontrol.features.proposals.dao.proposals import PROPOSALS, ProposalDao, status_shown
from capecontrol.features.proposals.filters import ProposalFilter
from capecontrol.features.proposals.models import Proposal

_ORGANIZATION = organization_to_join(Proposal.org_id)
_PROJECT = project_to_join(Proposal.project_id)

PROPOSALS_CSV = CsvList(
    "proposals",
    PROPOSALS,
    Column.text("project", _PROJECT.c.code),
    Column.own("version", Proposal.version),
    Column.text("title", Proposal.title),
    Column.own("status", status_shown()),
    Column.text("organization", _ORGANIZATION.c.name),
    Column.amount("total", Proposal.total, Proposal.currency),
    Column.text("currency", Proposal.currency),
    Column.moment("sent_at", Proposal.sent_at),
    Column.moment("valid_until", Proposal.valid_until),
    Column.moment("decided_at", Proposal.decided_at),
    Column.text("decided_by_name", Proposal.decided_by_name),
    Column.text("decided_name", Proposal.decided_name),
    Column.text("decision_note", Proposal.decision_note),
    Column.moment("created_at", Proposal.created_at),
    Column.moment("updated_at", Proposal.updated_at),
    Column.own("id", Proposal.id),
    area="proposal",
    joins=[_PROJECT, _ORGANIZATION],
)


async def proposals_part(work: UnitOfWork, span: Span, sort: str, wanted: ProposalFilter) -> Part:
    """Return the next lines of the proposals of a filter. What is past its validity counts as EXPIRED."""
    values = await ProposalDao(work).values(wanted, span.began_at)
    return await PROPOSALS_CSV.part(work, span, sort, **values)
