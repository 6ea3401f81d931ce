"""How acts on proposals are recorded, and told under their project."""

from capecontrol.core.activity import ActivityKind
from capecontrol.core.work import UnitOfWork
from capecontrol.features.activity.interface import add_entry
from capecontrol.features.projects.interface import project_subject
from capecontrol.features.proposals.models import Proposal


async def record_proposal(work: UnitOfWork, kind: ActivityKind, proposal: Proposal, **details: object) -> None:
    """Record an act on a proposal in the audit log, and tell it under the project."""
    resource = ("proposal", proposal.id)
    event_id = await work.record(
        kind.key,
        resource=resource,
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
    await add_entry(
        work,
        kind,
        event_id=event_id,
        org_id=proposal.org_id,
        subject=project_subject(proposal.project_id),
        resource=resource,
        data={
            "version": proposal.version,
            "amount": proposal.total,
            "currency": proposal.currency,
            "message": details.get("message"),
            "reason": details.get("reason"),
        },
    )
