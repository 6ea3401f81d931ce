"""The life of a deployed workflow and of its executions: pure tables."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from capecontrol.features.workflows.ports import EngineExecutionStatus


class WorkflowStatus(StrEnum):
    """The status of a deployed workflow."""

    DEPLOYING = "DEPLOYING"
    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    FAILED = "FAILED"
    REMOVED = "REMOVED"


class WorkflowCommand(StrEnum):
    """What a person can do with a workflow."""

    TRIGGER = "trigger"
    PAUSE = "pause"
    RESUME = "resume"
    REDEPLOY = "redeploy"
    REMOVE = "remove"


#: What a sentence calls each state: “The workflow is …”.
STATUS_WORDS: Mapping[WorkflowStatus, str] = {
    WorkflowStatus.DEPLOYING: "being deployed",
    WorkflowStatus.ACTIVE: "active",
    WorkflowStatus.PAUSED: "paused",
    WorkflowStatus.FAILED: "not deployed",
    WorkflowStatus.REMOVED: "removed",
}

COMMANDS: Mapping[WorkflowStatus, tuple[WorkflowCommand, ...]] = {
    # A deployment that hangs can be begun anew: the number of the deployment tells the attempts apart.
    WorkflowStatus.DEPLOYING: (WorkflowCommand.REDEPLOY, WorkflowCommand.REMOVE),
    WorkflowStatus.ACTIVE: (
        WorkflowCommand.TRIGGER,
        WorkflowCommand.PAUSE,
        WorkflowCommand.REDEPLOY,
        WorkflowCommand.REMOVE,
    ),
    WorkflowStatus.PAUSED: (WorkflowCommand.RESUME, WorkflowCommand.REDEPLOY, WorkflowCommand.REMOVE),
    WorkflowStatus.FAILED: (WorkflowCommand.REDEPLOY, WorkflowCommand.REMOVE),
    WorkflowStatus.REMOVED: (),
}


class ExecutionStatus(StrEnum):
    """The status of a run."""

    RUNNING = "RUNNING"
    SUCCESS = "SUCCESS"
    ERROR = "ERROR"
    CANCELED = "CANCELED"


class TriggerKind(StrEnum):
    """Whether a person here or another system started a run."""

    MANUAL = "MANUAL"
    EXTERNAL = "EXTERNAL"


_FROM_ENGINE: Mapping[EngineExecutionStatus, ExecutionStatus] = {
    EngineExecutionStatus.RUNNING: ExecutionStatus.RUNNING,
    EngineExecutionStatus.WAITING: ExecutionStatus.RUNNING,
    EngineExecutionStatus.SUCCESS: ExecutionStatus.SUCCESS,
    EngineExecutionStatus.ERROR: ExecutionStatus.ERROR,
    EngineExecutionStatus.CRASHED: ExecutionStatus.ERROR,
    EngineExecutionStatus.CANCELED: ExecutionStatus.CANCELED,
}

#: How old, or how far ahead, a callback's timestamp may be.
TOLERANCE = timedelta(seconds=300)


def status_words(status: WorkflowStatus) -> str:
    """Return what a sentence calls a state, one of a later release too: “The workflow is …”."""
    return STATUS_WORDS.get(status, "in a status that this release doesn't support")


def commands_from(status: WorkflowStatus) -> tuple[WorkflowCommand, ...]:
    """Return what may be done with a workflow: nothing in a state that this release does not know."""
    return COMMANDS.get(status, ())


def execution_status(engine: EngineExecutionStatus) -> ExecutionStatus:
    """Return our word for the engine's."""
    return _FROM_ENGINE[engine]


def is_timely(moment: datetime, now: datetime) -> bool:
    """Tell whether a callback's timestamp is near enough, in both directions."""
    return abs(now - moment) <= TOLERANCE


def end_of(started_at: datetime, finished_at: datetime | None, now: datetime) -> datetime:
    """Return when a run ended, by clocks that may differ: not before it began, not in the future."""
    return min(max(finished_at or now, started_at), max(now, started_at))
