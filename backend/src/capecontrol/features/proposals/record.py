"""How acts on proposals are recorded, and told under their project."""

from capecontrol.core.activity import ActivityKind
from capecontrol.core.changes.topic import Topic
from capecontrol.core.wording import Data
from capecontrol.core.work import UnitOfWork
from capecontrol.features.activity.interface import record_act
from capecontrol.features.projects.interface import project_subject
from capecontrol.features.proposals.lifecycle import SHOWN
from capecontrol.features.proposals.models import Proposal


async def record_proposal(
    work: UnitOfWork, kind: ActivityKind, proposal: Proposal, told: Data | None = None, **details: object
) -> None:
    """Record an act on a proposal in the audit log, and tell it under the project.

    Args:
        work: the unit of work of the act.
        kind: what is told of the act.
        proposal: the proposal.
        told: the members that the kind declares beside those of every act; the audit log has them too.
        details: what the audit log alone has.
    """
    own = told or {}
    await record_act(
        work,
        kind,
        org_id=proposal.org_id,
        subject=project_subject(proposal.project_id),
        resource=("proposal", proposal.id),
        told={"version": proposal.version, "amount": proposal.total, "currency": proposal.currency, **own},
        audited={
            "project_id": str(proposal.project_id),
            "title": proposal.title,
            "version": proposal.version,
            "total": proposal.total,
            "currency": proposal.currency,
            **{name: value for name, value in {**own, **details}.items() if value is not None},
        },
        changed=Topic.PROPOSALS,
        is_for_clients=proposal.status in SHOWN,
    )
