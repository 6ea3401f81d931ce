"""Change what a project says and where it stands, all or nothing."""

from capecontrol.core.revision import ExpectedRevisions
from capecontrol.core.work import UnitOfWork
from capecontrol.features.projects.actions.change_status import change_status, check_allowed
from capecontrol.features.projects.actions.edit_project import edit_project
from capecontrol.features.projects.content import ProjectContent
from capecontrol.features.projects.lifecycle import ProjectStatus
from capecontrol.features.projects.models import Project


async def update_project(
    work: UnitOfWork,
    project: Project,
    content: ProjectContent,
    *,
    status: ProjectStatus | None,
    expected: ExpectedRevisions,
) -> None:
    """Change content and status of a project together; a status that it has already is no step.

    Raises:
        IllegalTransition: the step is not in the table, or somebody made another one at the same moment.
        PreconditionFailed: the project is not at the revision that the editor saw.
    """
    moves_to = status if status != project.status else None
    # The step that is not allowed is told before the revision that is not current.
    if moves_to is not None:
        check_allowed(project.status, moves_to)
    await edit_project(work, project, content, expected=expected)
    if moves_to is not None:
        await change_status(work, project, moves_to)
