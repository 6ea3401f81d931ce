"""The life of a project: a pure transition table."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum


class ProjectStatus(StrEnum):
    """The status of a project, in the usual order."""

    DRAFT = "DRAFT"
    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    ARCHIVED = "ARCHIVED"


class ProjectProposalStatus(StrEnum):
    """What has come of the newest proposal that was sent for a project."""

    SENT = "SENT"
    APPROVED = "APPROVED"
    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    DECLINED = "DECLINED"
    EXPIRED = "EXPIRED"


ORDER: tuple[ProjectStatus, ...] = tuple(ProjectStatus)

#: What a sentence calls each state: “The project is …”.
STATUS_WORDS: Mapping[ProjectStatus, str] = {
    ProjectStatus.DRAFT: "a draft",
    ProjectStatus.PROPOSED: "proposed",
    ProjectStatus.APPROVED: "approved",
    ProjectStatus.IN_PROGRESS: "in progress",
    ProjectStatus.COMPLETED: "completed",
    ProjectStatus.ARCHIVED: "archived",
}

#: The legal steps. Whatever else an operator needs is an override, with a reason that the audit keeps.
TRANSITIONS: Mapping[ProjectStatus, tuple[ProjectStatus, ...]] = {
    ProjectStatus.DRAFT: (ProjectStatus.PROPOSED,),
    ProjectStatus.PROPOSED: (ProjectStatus.APPROVED,),
    ProjectStatus.APPROVED: (ProjectStatus.IN_PROGRESS,),
    ProjectStatus.IN_PROGRESS: (ProjectStatus.COMPLETED,),
    ProjectStatus.COMPLETED: (ProjectStatus.ARCHIVED,),
    ProjectStatus.ARCHIVED: (),
}


def proposal_status_at(
    status: ProjectProposalStatus | None, valid_until: datetime | None, now: datetime
) -> ProjectProposalStatus | None:
    """Return what has come of a project's proposal at a moment: it ends with its validity, swept or not."""
    if status is ProjectProposalStatus.SENT and valid_until is not None and valid_until <= now:
        return ProjectProposalStatus.EXPIRED
    return status


def status_words(status: ProjectStatus) -> str:
    """Return what a sentence calls a state, one of a later release too: “The project is …”."""
    return STATUS_WORDS.get(status, "in a status that this release doesn't support")


def allowed_from(status: ProjectStatus) -> tuple[ProjectStatus, ...]:
    """Return the legal next states: none from one that this release does not know."""
    return TRANSITIONS.get(status, ())


def is_allowed(source: ProjectStatus, target: ProjectStatus, *, override: bool = False) -> bool:
    """Tell whether a step may be made. An override may go anywhere but to where the project already is.

    Nothing leads away from a state of a later release: what hangs on it is not known here.
    """
    return source in TRANSITIONS and source is not target if override else target in allowed_from(source)


def has_reached(status: ProjectStatus, target: ProjectStatus) -> bool:
    """Tell whether a project is at a state or already past it, as it is in one that only a later release knows."""
    return status not in ORDER or ORDER.index(status) >= ORDER.index(target)
