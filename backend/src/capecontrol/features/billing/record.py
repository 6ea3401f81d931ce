"""How acts on money are recorded, and told under their project."""

import uuid
from collections.abc import Mapping

from capecontrol.core.activity import ActivityKind
from capecontrol.core.audit import Outcome
from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.wording import Data
from capecontrol.core.work import UnitOfWork
from capecontrol.features.activity.interface import record_act
from capecontrol.features.projects.interface import project_subject

#: What pages know the resources by.
_TOPICS = {"invoice": Topic.INVOICES, "payment": Topic.PAYMENTS, "payment_intent": Topic.PAYMENTS}


async def record_money(
    work: UnitOfWork,
    kind: ActivityKind,
    resource: tuple[str, uuid.UUID],
    told: Data,
    *,
    org_id: uuid.UUID,
    project_id: uuid.UUID | None,
    outcome: Outcome = Outcome.SUCCESS,
    **details: object,
) -> None:
    """Record an act on an intent, a payment or an invoice in the audit log; tell it under its project, if known.

    Open pages hear of it in either case.

    Args:
        work: the unit of work of the act.
        kind: what is told of the act.
        resource: type and id of what it is about.
        told: the members that the kind declares; the audit log has them too.
        org_id: the organization that it concerns.
        project_id: the project under which it is told.
        outcome: how it ended.
        details: what the audit log alone has.
    """
    if project_id is None:
        audited = {**details, **told}
        await record_untold(work, kind.key, resource, org_id=org_id, project_id=None, outcome=outcome, **audited)
        return
    await record_act(
        work,
        kind,
        org_id=org_id,
        subject=project_subject(project_id),
        resource=resource,
        told=told,
        audited=_audited(project_id, {**details, **told}),
        changed=_TOPICS[resource[0]],
        outcome=outcome,
    )


async def record_untold(
    work: UnitOfWork,
    action: str,
    resource: tuple[str, uuid.UUID],
    *,
    org_id: uuid.UUID,
    project_id: uuid.UUID | None,
    outcome: Outcome = Outcome.SUCCESS,
    **details: object,
) -> None:
    """Record an act on an intent, a payment or an invoice in the audit log alone. Open pages hear of it.

    Args:
        work: the unit of work of the act.
        action: what the audit log calls it.
        resource: type and id of what it is about.
        org_id: the organization that it concerns.
        project_id: the project that it belongs to, if known.
        outcome: how it ended.
        details: what else the audit log has.
    """
    audited = _audited(project_id, details)
    await work.record(action, resource=resource, org_id=org_id, outcome=outcome, metadata=audited)
    note_change(work, _TOPICS[resource[0]], resource[1], org_id=org_id, project_id=project_id)


def _audited(project_id: uuid.UUID | None, details: Mapping[str, object]) -> dict[str, object]:
    return {**details, "project_id": str(project_id) if project_id else None}
