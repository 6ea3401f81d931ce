"""How acts on projects are recorded, and told under the project."""

from collections.abc import Mapping

from capecontrol.core.activity import ActivityKind
from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.wording import Data
from capecontrol.core.work import UnitOfWork
from capecontrol.features.activity.interface import record_act
from capecontrol.features.projects.activity import project_subject
from capecontrol.features.projects.models import Project


async def record_project(work: UnitOfWork, kind: ActivityKind, project: Project, told: Data, **details: object) -> None:
    """Record an act on a project in the audit log, and tell it under the project.

    Args:
        work: the unit of work of the act.
        kind: what is told of the act.
        project: the project.
        told: the members that the kind declares; the audit log has them too.
        details: what the audit log alone has.
    """
    itself = project_subject(project.id)
    await record_act(
        work,
        kind,
        org_id=project.org_id,
        subject=itself,
        resource=itself,
        told=told,
        changed=Topic.PROJECTS,
        audited=_audited(project, told, details),
    )


async def record_untold(work: UnitOfWork, kind: ActivityKind, project: Project, told: Data, **details: object) -> None:
    """Record an act on a project in the audit log alone: people are told what caused it.

    Args:
        work: the unit of work of the act.
        kind: what would be told of the act; the audit log has its key as the action.
        project: the project.
        told: the members that the kind declares.
        details: what else the audit log has.
    """
    itself, audited = project_subject(project.id), _audited(project, told, details)
    await work.record(kind.key, resource=itself, org_id=project.org_id, metadata=audited)
    note_change(work, Topic.PROJECTS, project.id, org_id=project.org_id, project_id=project.id)


def _audited(project: Project, told: Data, details: Mapping[str, object]) -> dict[str, object]:
    return {"code": project.code, **{name: value for name, value in told.items() if value is not None}, **details}
