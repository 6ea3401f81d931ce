"""Change what a project is called and says."""

from capecontrol.core.problems import PreconditionFailed
from capecontrol.core.revision import ExpectedRevisions, check_revision
from capecontrol.core.work import UnitOfWork
from capecontrol.features.projects.actions.record import record_project
from capecontrol.features.projects.activity import PROJECT_UPDATED
from capecontrol.features.projects.dao import ProjectDao
from capecontrol.features.projects.models import Project


async def edit_project(
    work: UnitOfWork, project: Project, *, title: str | None, description: str | None, expected: ExpectedRevisions
) -> None:
    """Change the members that are given and differ; record which.

    Raises:
        PreconditionFailed: the project is not at the revision that the editor saw.
    """
    check_revision(expected, project.revision)
    wanted = {"title": title, "description": description}
    values = {name: value for name, value in wanted.items() if value is not None and value != getattr(project, name)}
    if not values:
        return
    changed = await ProjectDao(work).revise(
        Project.id == project.id,
        Project.revision == project.revision,
        **values,
    )
    if not changed:
        raise PreconditionFailed("Somebody saved at the same moment. Load it again, and make your change on that.")
    await work.session.refresh(project)
    await record_project(work, PROJECT_UPDATED, project, {"code": project.code, "changed": sorted(values)})
