"""How acts on money are recorded, and told under their project."""

import uuid

from capecontrol.core.activity import ActivityKind, Data
from capecontrol.core.audit import Outcome
from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
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
    audited = {**details, **told, "project_id": str(project_id) if project_id else None}
    if project_id is None:
        await work.record(kind.key, resource=resource, org_id=org_id, outcome=outcome, metadata=audited)
        note_change(work, _TOPICS[resource[0]], resource[1], org_id=org_id)
        return
    await record_act(
        work,
        kind,
        org_id=org_id,
        subject=project_subject(project_id),
        resource=resource,
        told=told,
        audited=audited,
        changed=_TOPICS[resource[0]],
        outcome=outcome,
    )
