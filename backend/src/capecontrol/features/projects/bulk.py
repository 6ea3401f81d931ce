"""What can be done to many projects at once."""

import uuid

from capecontrol.core.bulk.kind import BulkKind
from capecontrol.core.bulk.turn import BulkTurn
from capecontrol.core.work import UnitOfWork
from capecontrol.features.projects.actions.change_status import change_status
from capecontrol.features.projects.dao import ProjectDao
from capecontrol.features.projects.errors import IllegalTransition
from capecontrol.features.projects.filters import ProjectFilter
from capecontrol.features.projects.lifecycle import ProjectStatus, is_allowed
from capecontrol.features.projects.permissions import PROJECTS_UPDATE

#: To archive one early is a decision about that one, with a reason.
NOT_COMPLETED = "This project isn't completed. Open it to archive it early."


async def _find(work: UnitOfWork, wanted: ProjectFilter, limit: int) -> list[uuid.UUID]:
    return await ProjectDao(work).ids(wanted, limit)


async def _name(work: UnitOfWork, project_id: uuid.UUID) -> str | None:
    project = await ProjectDao(work).get(project_id)
    return project.title if project else None


async def _archive(turn: BulkTurn) -> None:
    async with turn.completing() as work:
        project = await ProjectDao(work).require(turn.subject_id)
        if not is_allowed(project.status, ProjectStatus.ARCHIVED):
            raise IllegalTransition(NOT_COMPLETED)
        await change_status(work, project, ProjectStatus.ARCHIVED)


ARCHIVE = BulkKind(
    name="projects.archive",
    permission=PROJECTS_UPDATE,
    filter=ProjectFilter,
    find=_find,
    name_of=_name,
    act=_archive,
)
