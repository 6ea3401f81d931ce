"""How acts on proposals are recorded: under the project too, so that its timeline tells them."""

from capecontrol.core.work import UnitOfWork
from capecontrol.features.proposals.models import Proposal


async def record(work: UnitOfWork, act: str, proposal: Proposal, **details: object) -> None:
    """Record an act on a proposal in the audit log."""
    await work.record(
        f"proposal.{act}",
        resource=("proposal", proposal.id),
        org_id=proposal.org_id,
        metadata={
            "project_id": str(proposal.project_id),
            "title": proposal.title,
            "version": proposal.version,
            "total": proposal.total,
            "currency": proposal.currency,
            **{name: value for name, value in details.items() if value is not None},
        },
    )
