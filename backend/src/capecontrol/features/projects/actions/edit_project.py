"""Change what a project is called and says."""

from dataclasses import asdict

from capecontrol.core.audit import change_of
from capecontrol.core.problems import PreconditionFailed
from capecontrol.core.revision import ExpectedRevisions, check_revision
from capecontrol.core.work import UnitOfWork
from capecontrol.features.projects.activity import PROJECT_UPDATED
from capecontrol.features.projects.content import ProjectContent
from capecontrol.features.projects.dao import ProjectDao
from capecontrol.features.projects.models import Project
from capecontrol.features.projects.record import record_project


async def edit_project(
    work: UnitOfWork, project: Project, content: ProjectContent, *, expected: ExpectedRevisions
) -> None:
    """Change what differs; record the members that do, from what to what.

    Raises:
        PreconditionFailed: the project is not at the revision that the editor saw.
    """
    check_revision(expected, project.revision)
    before = ProjectContent.of(project)
    values = {name: value for name, value in asdict(content).items() if value != getattr(project, name)}
    if not values:
        return
    if not await ProjectDao(work).revise_row(project, Project.revision == project.revision, **values):
        raise PreconditionFailed(
            "Someone else saved this at the same time. Reload the page and make your changes again."
        )
    await record_project(work, PROJECT_UPDATED, project, {}, **change_of(before.told(), content.told()))
