"""What can be done to many workflows at once."""

import uuid

from capecontrol.core.bulk.kind import BulkKind
from capecontrol.core.bulk.turn import BulkTurn
from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.actions.switch_workflow import switch_workflow
from capecontrol.features.workflows.dao.instances import InstanceDao
from capecontrol.features.workflows.filters import WorkflowFilter
from capecontrol.features.workflows.lifecycle import WorkflowCommand
from capecontrol.features.workflows.permissions import WORKFLOWS_DEPLOY
from capecontrol.features.workflows.ports import AutomationEngine


async def _find(work: UnitOfWork, wanted: WorkflowFilter, limit: int) -> list[uuid.UUID]:
    return await InstanceDao(work).ids(wanted, limit)


async def _name(work: UnitOfWork, workflow_id: uuid.UUID) -> str | None:
    workflow = await InstanceDao(work).get(workflow_id)
    return workflow.template_name if workflow else None


async def _pause(turn: BulkTurn) -> None:
    await switch_workflow(turn.units, turn.ports.get(AutomationEngine), turn.subject_id, WorkflowCommand.PAUSE)


async def _resume(turn: BulkTurn) -> None:
    await switch_workflow(turn.units, turn.ports.get(AutomationEngine), turn.subject_id, WorkflowCommand.RESUME)


PAUSE = BulkKind(
    name="workflows.pause",
    permission=WORKFLOWS_DEPLOY,
    filter=WorkflowFilter,
    find=_find,
    name_of=_name,
    act=_pause,
)
RESUME = BulkKind(
    name="workflows.resume",
    permission=WORKFLOWS_DEPLOY,
    filter=WorkflowFilter,
    find=_find,
    name_of=_name,
    act=_resume,
)
