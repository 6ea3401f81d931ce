"""How acts on projects are recorded, and told under the project."""

from collections.abc import Mapping

from capecontrol.core.activity import ActivityKind
from capecontrol.core.work import UnitOfWork
from capecontrol.features.activity.interface import add_entry
from capecontrol.features.projects.activity import project_subject
from capecontrol.features.projects.models import Project

#: What the wording needs of an act's details.
TOLD = ("title", "to", "reason")


async def record_project(work: UnitOfWork, kind: ActivityKind, project: Project, details: Mapping[str, object]) -> None:
    """Record an act on a project in the audit log, and tell it under the project."""
    resource = project_subject(project.id)
    event_id = await work.record(kind.key, resource=resource, org_id=project.org_id, metadata=details)
    await add_entry(
        work,
        kind,
        event_id=event_id,
        org_id=project.org_id,
        subject=resource,
        resource=resource,
        data={name: details.get(name) for name in TOLD},
    )
