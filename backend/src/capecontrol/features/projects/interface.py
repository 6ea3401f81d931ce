"""What other features may know of projects, and what they may do: move one on, and say how its proposal stands."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.work import UnitOfWork
from capecontrol.features.projects.actions.change_status import move
from capecontrol.features.projects.activity import project_subject
from capecontrol.features.projects.dao import (
    PROJECT_SEARCH,
    ProjectDao,
    owned_projects_to_join,
    project_code,
    project_title,
    project_to_join,
    projects_in_progress,
    projects_to_join,
)
from capecontrol.features.projects.lifecycle import ProjectProposalStatus, ProjectStatus, has_reached, status_words
from capecontrol.features.projects.summary import OwnedProject, ProjectSummary

__all__ = [
    "PROJECT_SEARCH",
    "OwnedProject",
    "ProjectProposalStatus",
    "ProjectStatus",
    "ProjectSummary",
    "advance_project",
    "get_project",
    "note_proposal",
    "owned_projects",
    "owned_projects_to_join",
    "project_code",
    "project_subject",
    "project_title",
    "project_to_join",
    "projects_in_progress",
    "projects_to_join",
    "projects_underway",
    "status_words",
]


async def get_project(work: UnitOfWork, project_id: uuid.UUID, *, lock: bool = False) -> ProjectSummary | None:
    """Return a project, or None when it is not there or not in the scope.

    Args:
        work: the unit of work.
        project_id: its id.
        lock: whether to keep others from changing it, or anything that locks it too, until the unit ends.
    """
    row = await ProjectDao(work).get(project_id, lock=lock)
    return ProjectSummary.of(row) if row else None


async def owned_projects(work: UnitOfWork, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, OwnedProject]:
    """Return the projects of these ids and whose they are, by id, in one statement."""
    return {owned.project.id: owned for owned in await ProjectDao(work).owned_by_ids(ids)}


async def advance_project(work: UnitOfWork, project_id: uuid.UUID, to: ProjectStatus, *, reason: str) -> bool:
    """Bring a project at least as far as a state, because of what happened elsewhere; tell whether it moved.

    A project that is there already, or past it, stays: a payment must not bring a completed project back. States in
    between are skipped, and the audit keeps the reason.
    """
    row = await ProjectDao(work).get(project_id, lock=True)
    if row is None or has_reached(row.status, to):
        return False
    return await move(work, row, to, reason=reason, is_automatic=True)


async def note_proposal(
    work: UnitOfWork,
    project_id: uuid.UUID,
    status: ProjectProposalStatus,
    *,
    org_id: uuid.UUID,
    valid_until: datetime | None,
) -> None:
    """Keep with a project what has come of the newest proposal that was sent for it, and until when it counts.

    The act on the proposal is what is recorded and told; open pages that show the project ask for it again.
    """
    if await ProjectDao(work).note_proposal(project_id, status, valid_until):
        note_change(work, Topic.PROJECTS, project_id, org_id=org_id, project_id=project_id)


async def projects_underway(work: UnitOfWork, limit: int) -> list[ProjectSummary]:
    """Return the projects of the scope that are not over, the last changed first."""
    return await ProjectDao(work).underway(limit)
