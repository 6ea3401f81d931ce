"""How acts on projects are recorded, and told under the project."""

from capecontrol.core.activity import ActivityKind, Data
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
        audited={"code": project.code, **{name: value for name, value in told.items() if value is not None}, **details},
    )
