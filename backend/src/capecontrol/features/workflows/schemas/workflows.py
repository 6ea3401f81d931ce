"""Bodies about deployed workflows and their runs."""

import uuid
from typing import Annotated

from pydantic import Field, JsonValue, StringConstraints

from capecontrol.core.http import RequestBody, ResponseBody
from capecontrol.core.http.body import Moment
from capecontrol.core.http.open_enum import OpenEnum
from capecontrol.core.http.refs import OrganizationRef, ProjectRef
from capecontrol.features.projects.interface import OwnedProject
from capecontrol.features.workflows.dao.executions import WorkflowRuns
from capecontrol.features.workflows.definition.literals import ParameterType
from capecontrol.features.workflows.lifecycle import (
    ExecutionStatus,
    TriggerKind,
    WorkflowCommand,
    WorkflowStatus,
    commands_from,
)
from capecontrol.features.workflows.models import Execution, WorkflowInstance

TextId = Annotated[uuid.UUID, Field(strict=False)]


class NewWorkflow(RequestBody):
    """A workflow to deploy."""

    project_id: TextId = Field(
        description="The project that the workflow is deployed for. It must be approved or in progress."
    )
    template_id: TextId = Field(description="The template to deploy.")
    environment_id: TextId = Field(description="The n8n server to deploy to.")
    parameters: dict[Annotated[str, StringConstraints(max_length=40)], JsonValue] = Field(
        default={},
        description="The values of the template's parameters, by key.",
        max_length=60,
        examples=[{"greeting": "Hi"}],
    )


class WorkflowAccepted(ResponseBody):
    """A workflow that is being deployed."""

    id: uuid.UUID = Field(description="The workflow's ID.")
    status: WorkflowStatus = Field(description="Always `DEPLOYING`.")


class ServedProject(ProjectRef):
    """The project that a workflow is deployed for."""

    title: str = Field(description="The project's title.")


class DeployedParameter(ResponseBody):
    """A value that the workflow was deployed with. The values of secrets are never shown."""

    key: str = Field(description="The parameter's key.")
    label: str = Field(description="The parameter's label.")
    type: ParameterType = Field(description="The kind of value.")
    value: str | int | float | bool | None = Field(description="The value. Always null for secrets.")


class LastRun(ResponseBody):
    """The run of a workflow that started last."""

    status: Annotated[ExecutionStatus, OpenEnum()] = Field(description="The run's status.")
    started_at: Moment = Field(description="When the run started.")


class WorkflowOut(ResponseBody):
    """A deployed workflow."""

    id: uuid.UUID = Field(description="The workflow's ID.")
    org_id: uuid.UUID = Field(description="The client's organization.")
    organization: OrganizationRef = Field(description="The client's organization, with its name.")
    project: ServedProject = Field(description="The project that the workflow is deployed for.")
    name: str = Field(description="The name of the template.")
    template_version: int = Field(description="The version of the template that was deployed.")
    status: WorkflowStatus = Field(description="The workflow's current status.")
    failure_reason: str | None = Field(
        description="Why the last deployment failed. Null if it succeeded, and for clients."
    )
    last_run: LastRun | None = Field(description="The run that started last. Null if the workflow has never run.")
    recent_failures: int = Field(description="How many runs of the last seven days failed. At most 100 are counted.")
    deployed_at: Moment | None = Field(description="When the workflow was last deployed.")
    created_at: Moment = Field(description="When the workflow was first requested.")
    updated_at: Moment = Field(description="When the workflow was last changed.")
    steps: list[WorkflowCommand] = Field(description="What the caller can do with the workflow now.")
    template_id: uuid.UUID | None = Field(
        description="The ID of the deployed version of the template. Null for clients."
    )
    environment_id: uuid.UUID | None = Field(description="The n8n server that the workflow runs on. Null for clients.")
    engine_workflow_id: str | None = Field(description="The workflow's ID in n8n. Null for clients.")
    parameters: list[DeployedParameter] = Field(description="The values that were deployed. Empty for clients.")

    @classmethod
    def of(cls, row: WorkflowInstance, owned: OwnedProject, runs: WorkflowRuns, *, is_staff: bool) -> "WorkflowOut":
        """Return the answer of a row, for staff or for a client."""
        return cls.map_from(
            row,
            organization=owned.organization,
            project=owned.project,
            last_run=runs if runs.status else None,
            recent_failures=runs.recent_failures,
            name=row.template_name,
            failure_reason=row.failure_reason if is_staff else None,
            steps=list(commands_from(row.status)) if is_staff else [],
            template_id=row.template_id if is_staff else None,
            environment_id=row.environment_id if is_staff else None,
            engine_workflow_id=row.engine_workflow_id if is_staff else None,
            parameters=row.parameters if is_staff else [],
        )


class Redeployment(RequestBody):
    """The changes of a redeployment. Fields that are left out stay as they are."""

    template_id: TextId | None = Field(
        default=None,
        description="Another version of the template, or another template. Leave it out to keep the current one.",
    )
    parameters: dict[Annotated[str, StringConstraints(max_length=40)], JsonValue] = Field(
        default={}, description="The values to change, by key. Other values stay as they are.", max_length=60
    )


class TriggerBody(RequestBody):
    """The input of a run."""

    payload: dict[str, JsonValue] = Field(
        default={},
        description="The body that the workflow's webhook receives. `run_id` and `started_at` are added to it.",
        examples=[{"name": "Thandi", "email": "thandi@example.com", "budget": 25000}],
    )


class ExecutionAccepted(ResponseBody):
    """A run that is about to start."""

    execution_id: uuid.UUID = Field(description="The run's ID.")


class ExecutionOut(ResponseBody):
    """A run of a workflow."""

    id: uuid.UUID = Field(description="The run's ID.")
    workflow_id: uuid.UUID = Field(description="The workflow that ran.")
    status: Annotated[ExecutionStatus, OpenEnum()] = Field(description="The run's status.")
    trigger: Annotated[TriggerKind, OpenEnum()] = Field(
        description="`MANUAL` if someone started the run here, `EXTERNAL` if another system called the webhook."
    )
    engine_execution_id: str | None = Field(description="The run's ID in n8n.", examples=["17"])
    started_at: Moment = Field(description="When the run started.")
    finished_at: Moment | None = Field(description="When the run ended; null while it is running.")
    error_message: str | None = Field(description="Why the run failed. Null if it didn't, and for clients.")
    created_at: Moment = Field(description="When the run was recorded.")

    @classmethod
    def of(cls, row: Execution, *, is_staff: bool) -> "ExecutionOut":
        """Return the answer of a row, for staff or for a client: why a run failed names nodes."""
        return cls.map_from(row, error_message=row.error_message if is_staff else None)
