"""What happens to workflows, for whoever listens."""

import uuid
from typing import ClassVar

from capecontrol.core.events import Event
from capecontrol.features.workflows.lifecycle import ExecutionStatus


class DeploymentRequested(Event):
    """A workflow is to be brought to its engine. ``deployment`` counts the requests for one workflow."""

    topic: ClassVar[str] = "workflows.deployment_requested.v1"

    workflow_id: uuid.UUID
    deployment: int
    #: The name of who asked for it; earlier releases announce none.
    requested_by: str | None = None


class WorkflowDeployed(Event):
    """A workflow listens at its engine."""

    topic: ClassVar[str] = "workflows.deployed.v1"

    workflow_id: uuid.UUID
    project_id: uuid.UUID


class WorkflowDeploymentFailed(Event):
    """A workflow could not be brought to its engine."""

    topic: ClassVar[str] = "workflows.deployment_failed.v1"

    workflow_id: uuid.UUID
    project_id: uuid.UUID


class WorkflowRemoved(Event):
    """A workflow is to be deleted at its engine."""

    topic: ClassVar[str] = "workflows.removed.v1"

    workflow_id: uuid.UUID


class WorkflowLeft(Event):
    """Deleting a removed workflow at its engine was given up. ``message_id`` is the dead letter."""

    topic: ClassVar[str] = "workflows.left.v1"

    workflow_id: uuid.UUID
    message_id: uuid.UUID


class ExecutionRequested(Event):
    """A run is to be started."""

    topic: ClassVar[str] = "workflows.execution_requested.v1"

    execution_id: uuid.UUID


class ExecutionFinished(Event):
    """A run ended."""

    topic: ClassVar[str] = "workflows.execution_finished.v1"

    workflow_id: uuid.UUID
    execution_id: uuid.UUID
    status: ExecutionStatus
