"""Bodies about deployed workflows and their runs."""

import uuid
from typing import Annotated

from pydantic import Field, JsonValue, StringConstraints

from capecontrol.core.http import RequestBody, ResponseBody
from capecontrol.core.http.body import Moment
from capecontrol.core.http.open_enum import OpenEnum
from capecontrol.core.http.refs import ProjectRef
from capecontrol.features.projects.interface import ProjectSummary
from capecontrol.features.workflows.definition.literals import ParameterType
from capecontrol.features.workflows.lifecycle import (
    ExecutionStatus,
    TriggerKind,
    WorkflowCommand,
    WorkflowStatus,
    commands_from,
)
from capecontrol.features.workflows.models import WorkflowInstance

TextId = Annotated[uuid.UUID, Field(strict=False)]


class NewWorkflow(RequestBody):
    """A template to deploy for a project."""

    project_id: TextId
    template_id: TextId
    environment_id: TextId
    parameters: dict[Annotated[str, StringConstraints(max_length=40)], JsonValue] = Field(
        default={}, max_length=60, description="Values by the template's parameter keys.", examples=[{"greeting": "Hi"}]
    )


class WorkflowAccepted(ResponseBody):
    """A workflow on its way to its engine."""

    id: uuid.UUID
    status: WorkflowStatus


class ServedProject(ProjectRef):
    """The project that a workflow serves."""

    title: str


class DeployedParameter(ResponseBody):
    """A value that a deployment was given. A secret's value is null for everybody."""

    key: str
    label: str
    type: ParameterType
    value: str | int | float | bool | None


class WorkflowOut(ResponseBody):
    """A deployed workflow."""

    id: uuid.UUID
    org_id: uuid.UUID
    project: ServedProject
    name: str = Field(description="The template's name.")
    template_version: int
    status: WorkflowStatus
    failure_reason: str | None
    deployed_at: Moment | None
    created_at: Moment
    updated_at: Moment
    steps: list[WorkflowCommand] = Field(description="What the caller may do with it now.")
    template_id: uuid.UUID | None = Field(description="Null for clients.")
    environment_id: uuid.UUID | None = Field(description="Null for clients.")
    engine_workflow_id: str | None = Field(description="The id at the engine; null for clients.")
    parameters: list[DeployedParameter] = Field(description="Empty for clients.")

    @classmethod
    def of(cls, row: WorkflowInstance, project: ProjectSummary, *, is_staff: bool) -> "WorkflowOut":
        """Return the answer of a row, for staff or for a client."""
        return cls.map_from(
            row,
            project=project,
            name=row.template_name,
            steps=list(commands_from(row.status)) if is_staff else [],
            template_id=row.template_id if is_staff else None,
            environment_id=row.environment_id if is_staff else None,
            engine_workflow_id=row.engine_workflow_id if is_staff else None,
            parameters=row.parameters if is_staff else [],
        )


class Redeployment(RequestBody):
    """What changes with a redeployment. Members that are absent stay as they are."""

    template_id: TextId | None = Field(
        default=None, description="Another version of the template, or another template."
    )
    parameters: dict[Annotated[str, StringConstraints(max_length=40)], JsonValue] = Field(
        default={}, max_length=60, description="New values by key; the others stay."
    )


class TriggerBody(RequestBody):
    """What the workflow gets in its body."""

    payload: dict[str, JsonValue] = Field(
        default={},
        description="Members of the body that the workflow's Webhook node receives, besides `run_id` and `started_at`.",
        examples=[{"name": "Thandi", "email": "thandi@example.com", "budget": 25000}],
    )


class ExecutionAccepted(ResponseBody):
    """A run on its way."""

    execution_id: uuid.UUID


class ExecutionOut(ResponseBody):
    """One run of a workflow."""

    id: uuid.UUID
    workflow_id: uuid.UUID
    status: Annotated[ExecutionStatus, OpenEnum()]
    trigger: Annotated[TriggerKind, OpenEnum()]
    engine_execution_id: str | None = Field(description="The run's id at the engine.", examples=["17"])
    started_at: Moment
    finished_at: Moment | None
    error_message: str | None
    created_at: Moment
