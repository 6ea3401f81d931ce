"""Move a project to another state."""

from capecontrol.core.problems import FieldError, Invalid
from capecontrol.core.revision import ExpectedRevisions, check_revision
from capecontrol.core.work import UnitOfWork
from capecontrol.features.projects.activity import PROJECT_STATUS_CHANGED
from capecontrol.features.projects.dao import ProjectDao
from capecontrol.features.projects.errors import IllegalTransition
from capecontrol.features.projects.events import ProjectStatusChanged
from capecontrol.features.projects.lifecycle import ProjectStatus, allowed_from, is_allowed, status_words
from capecontrol.features.projects.models import Project
from capecontrol.features.projects.record import record_project, record_untold


async def change_status(
    work: UnitOfWork,
    project: Project,
    to: ProjectStatus,
    *,
    override: bool = False,
    reason: str | None = None,
    expected: ExpectedRevisions = None,
) -> None:
    """Make the step that a person asks for.

    Raises:
        Invalid: an override without a reason.
        IllegalTransition: the step is not in the table, or somebody made another one at the same moment.
        PreconditionFailed: the project is not at the revision that the person saw.
    """
    if override and not reason:
        advice = "Enter a reason for changing the order. It is recorded in the audit log."
        raise Invalid(errors=[FieldError("/reason", advice)])
    check_allowed(project.status, to, override=override)
    if expected is not None:
        # Held from here on: whatever is changed at the same moment comes before this look or after the step.
        await work.session.refresh(project, with_for_update=True)
        check_allowed(project.status, to, override=override)
        check_revision(expected, project.revision)
    details = {"override": True} if override else {}
    if not await move(work, project, to, reason=reason, **details):
        await work.session.refresh(project)
        raise _illegal(project.status)


def check_allowed(source: ProjectStatus, to: ProjectStatus, *, override: bool = False) -> None:
    """Raise IllegalTransition unless the table allows the step."""
    if not is_allowed(source, to, override=override):
        raise _illegal(source)


def _illegal(source: ProjectStatus) -> IllegalTransition:
    steps = allowed_from(source)
    advice = f"The next status is “{status_words(steps[0])}”." if steps else "There is no next status."
    return IllegalTransition(f"The project is {status_words(source)}. {advice}", allowed=[str(step) for step in steps])


async def move(
    work: UnitOfWork,
    project: Project,
    to: ProjectStatus,
    *,
    reason: str | None,
    is_automatic: bool = False,
    **details: object,
) -> bool:
    """Make a step if the project is still where it was read; record and announce it. Tell whether it was made.

    Of an automatic step people are told by what caused it, such as a proposal that was sent: it is recorded only.
    """
    source = project.status
    dao = ProjectDao(work)
    if not await dao.revise_row(project, Project.status == source, status=to, previous_status=source):
        return False
    told = {"to": to, "reason": reason or None}
    if is_automatic:
        await record_untold(work, PROJECT_STATUS_CHANGED, project, told, **{"from": source}, automatic=True)
    else:
        await record_project(work, PROJECT_STATUS_CHANGED, project, told, **{"from": source}, **details)
    await work.emit(
        ProjectStatusChanged(org_id=project.org_id, project_id=project.id, from_status=source, to_status=to)
    )
    return True
