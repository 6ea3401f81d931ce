"""How an act notes what it changed."""

import uuid

from capecontrol.core.changes.model import Change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.work import UnitOfWork


def note_change(
    work: UnitOfWork,
    topic: Topic,
    subject_id: uuid.UUID | None = None,
    *,
    org_id: uuid.UUID | None = None,
    project_id: uuid.UUID | None = None,
    is_for_clients: bool = True,
) -> None:
    """Note that something changed, with the last statement of the unit: open pages that show it ask for it again.

    Args:
        work: the unit of work of the act.
        topic: what it is.
        subject_id: which one; None where there is only one.
        org_id: whose it is; None where it is the platform's.
        project_id: the project that it belongs to.
        is_for_clients: whether the organization's own people may know that it is there.
    """
    work.transaction.insert_last(
        Change(
            topic=topic,
            subject_id=subject_id,
            org_id=org_id,
            project_id=project_id,
            is_for_clients=is_for_clients,
        )
    )
