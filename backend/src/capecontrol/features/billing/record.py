"""How acts on money are recorded, and told under their project."""

import uuid
from collections.abc import Mapping

from capecontrol.core.activity import ActivityKind
from capecontrol.core.audit import Outcome
from capecontrol.core.work import UnitOfWork
from capecontrol.features.activity.interface import add_entry
from capecontrol.features.projects.interface import project_subject

#: What the wording needs of an act's details.
TOLD = ("amount", "currency", "number", "reason")


async def record_money(
    work: UnitOfWork,
    kind: ActivityKind,
    resource: tuple[str, uuid.UUID],
    details: Mapping[str, object],
    *,
    org_id: uuid.UUID,
    project_id: uuid.UUID | None,
    outcome: Outcome = Outcome.SUCCESS,
) -> None:
    """Record an act on an intent, a payment or an invoice in the audit log; tell it under its project, if known."""
    project = str(project_id) if project_id else None
    event_id = await work.record(
        kind.key,
        resource=resource,
        org_id=org_id,
        outcome=outcome,
        metadata={**details, "project_id": project},
    )
    if project_id is None:
        return
    await add_entry(
        work,
        kind,
        event_id=event_id,
        org_id=org_id,
        subject=project_subject(project_id),
        resource=resource,
        data={name: details.get(name) for name in TOLD},
        outcome=outcome,
    )
