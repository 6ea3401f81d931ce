"""Bodies about workflows."""

import uuid
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AwareDatetime, Field, JsonValue, StringConstraints, field_validator

from capecontrol.core.http import Line, Paragraph, RequestBody, ResponseBody
from capecontrol.core.http.body import Moment
from capecontrol.features.projects.interface import ProjectFacts
from capecontrol.features.workflows.definition.literals import CredentialSlot, Literal, ParameterType
from capecontrol.features.workflows.definition.parameters import Parameter
from capecontrol.features.workflows.lifecycle import (
    ExecutionStatus,
    Step,
    TriggerKind,
    WorkflowStatus,
    steps_from,
)
from capecontrol.features.workflows.models import Execution, N8nEnvironment, WorkflowInstance, WorkflowTemplate
from capecontrol.features.workflows.stored import parameters_of

TextId = Annotated[uuid.UUID, Field(strict=False)]
Name = Annotated[Line, Field(min_length=1, max_length=100)]
ApiKey = Annotated[
    str,
    # No pattern in the answer to a wrong one: what was sent may be a real key.
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=r"^[\x21-\x7e]+$"),
    Field(description="Write-only: it is sealed at once and never shown again.", examples=["n8n_api_1f0c…"]),
]
BaseUrl = Annotated[
    Line,
    Field(min_length=8, max_length=500, description="The server's address.", examples=["https://n8n.example.com"]),
]


class NewEnvironment(RequestBody):
    """An n8n server to connect."""

    name: Name = Field(examples=["Production n8n"])
    base_url: BaseUrl
    api_key: ApiKey
    is_active: bool = True


class EnvironmentEdit(RequestBody):
    """What to change of an environment. Members that are absent stay as they are."""

    name: Name | None = None
    base_url: BaseUrl | None = None
    api_key: ApiKey | None = None
    is_active: bool | None = None


class EnvironmentOut(ResponseBody):
    """A connected n8n server, without its key."""

    id: uuid.UUID
    name: str
    base_url: str
    is_active: bool = Field(description="Whether workflows may be deployed there.")
    version: str | None = Field(description="What the server said it is.", examples=["1.123.81"])
    checked_at: Moment | None
    is_reachable: bool | None = Field(description="How the last check went; null before the first.")
    check_failure: str | None = Field(description="Why the last check failed.")
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, row: N8nEnvironment) -> "EnvironmentOut":
        """Return the answer of a row."""
        return cls(
            id=row.id,
            name=row.name,
            base_url=row.base_url,
            is_active=row.is_active,
            version=row.version,
            checked_at=row.checked_at,
            is_reachable=None if row.check_failure is None else row.check_failure == "",
            check_failure=row.check_failure or None,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )


class ParameterBody(RequestBody):
    """One value of the workflow that each deployment decides."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$"), Field(examples=["greeting"])]
    label: Name = Field(examples=["Greeting"])
    type: Annotated[ParameterType, Field(strict=False)] = ParameterType.TEXT
    required: bool = True
    default: str | int | float | bool | None = None
    pointer: Annotated[Line, Field(max_length=500, examples=["/nodes/1/parameters/assignments/assignments/0/value"])]

    def to_parameter(self) -> Parameter:
        """Return the value."""
        return Parameter(self.key, self.label, self.type, self.required, self.default, self.pointer)


Definition = Annotated[
    dict[str, JsonValue],
    Field(
        description="The content of a workflow file, as n8n exports it.",
        examples=[
            {
                "name": "Hello",
                "nodes": [
                    {
                        "name": "Webhook",
                        "type": "n8n-nodes-base.webhook",
                        "typeVersion": 2,
                        "position": [0, 0],
                        "parameters": {"httpMethod": "POST", "path": "hello"},
                    }
                ],
                "connections": {},
                "settings": {},
            }
        ],
    ),
]
Category = Annotated[Line, Field(max_length=60, examples=["Sales"])]
Description = Annotated[Paragraph, Field(max_length=4000)]
Parameters = Annotated[list[ParameterBody], Field(max_length=60)]


class NewTemplate(RequestBody):
    """A template to make of a workflow file."""

    name: Name = Field(examples=["Lead capture"])
    description: Description = ""
    category: Category = "General"
    definition: Definition
    parameters: Parameters = Field(default=[])


class TemplateEdit(RequestBody):
    """What the template's next version changes. Members that are absent stay as they are."""

    name: Name | None = None
    description: Description | None = None
    category: Category | None = None
    definition: Definition | None = None
    parameters: Parameters | None = None


class ParameterOut(ResponseBody):
    """A parameter of a template."""

    key: str
    label: str
    type: ParameterType
    required: bool
    default: str | int | float | bool | None
    pointer: str


class TemplateSummary(ResponseBody):
    """A template's version, without its definition."""

    id: uuid.UUID
    family_id: uuid.UUID = Field(description="Shared by all versions of the template.")
    version: int
    is_current: bool
    name: str
    description: str
    category: str
    sha256: str = Field(description="Digest of the definition.")
    parameters: list[ParameterOut]
    created_at: Moment

    @classmethod
    def of(cls, row: WorkflowTemplate) -> "TemplateSummary":
        """Return the answer of a row."""
        return cls.model_validate(_template_members(row))


class TemplateOut(TemplateSummary):
    """A template's version."""

    definition: dict[str, JsonValue]

    @classmethod
    def of(cls, row: WorkflowTemplate) -> "TemplateOut":
        """Return the answer of a row."""
        return cls.model_validate({**_template_members(row), "definition": row.definition})


def _template_members(row: WorkflowTemplate) -> dict[str, object]:
    return {
        "id": row.id,
        "family_id": row.family_id,
        "version": row.version,
        "is_current": row.is_current,
        "name": row.name,
        "description": row.description,
        "category": row.category,
        "sha256": row.sha256,
        "parameters": [ParameterOut.model_validate(one) for one in parameters_of(row)],
        "created_at": row.created_at,
    }


class Inspection(RequestBody):
    """A workflow file to look into."""

    definition: Definition


class LiteralOut(ResponseBody):
    """A value in the workflow that can be made a parameter."""

    pointer: str
    node: str
    label: str = Field(examples=["Tidy up · assignments · greeting"])
    value: str | int | float | bool = Field(description="The file's value; empty for what looks like a secret.")
    type: ParameterType = Field(description="A suggestion.")


class CredentialSlotOut(ResponseBody):
    """A credential that a node needs. A TEXT parameter at its pointer takes the id that it has in the target n8n."""

    pointer: str
    node: str
    type: str = Field(examples=["httpHeaderAuth"])
    name: str


class InspectionOut(ResponseBody):
    """What a workflow file holds."""

    name: str
    trigger: str = Field(description="The Webhook node that starts it.")
    nodes: int
    has_own_response: bool = Field(description="Whether the workflow itself answers its trigger.")
    values: list[LiteralOut]
    credentials: list[CredentialSlotOut]

    @classmethod
    def of(
        cls,
        *,
        name: str,
        trigger: str,
        nodes: int,
        has_own_response: bool,
        literals: list[Literal],
        slots: list[CredentialSlot],
    ) -> "InspectionOut":
        """Return the answer."""
        return cls(
            name=name,
            trigger=trigger,
            nodes=nodes,
            has_own_response=has_own_response,
            values=[LiteralOut.model_validate(one) for one in literals],
            credentials=[CredentialSlotOut.model_validate(one) for one in slots],
        )


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


class ProjectRef(ResponseBody):
    """The project that a workflow serves."""

    id: uuid.UUID
    code: str
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
    project: ProjectRef
    name: str = Field(description="The template's name.")
    template_version: int
    status: WorkflowStatus
    failure_reason: str | None
    deployed_at: Moment | None
    created_at: Moment
    updated_at: Moment
    steps: list[Step] = Field(description="What the caller may do with it now.")
    template_id: uuid.UUID | None = Field(description="Null for clients.")
    environment_id: uuid.UUID | None = Field(description="Null for clients.")
    engine_workflow_id: str | None = Field(description="The id at the engine; null for clients.")
    parameters: list[DeployedParameter] = Field(description="Empty for clients.")

    @classmethod
    def of(cls, row: WorkflowInstance, project: ProjectFacts, *, is_staff: bool) -> "WorkflowOut":
        """Return the answer of a row, for staff or for a client."""
        parameters = [DeployedParameter.model_validate(one) for one in row.parameters] if is_staff else []
        return cls(
            id=row.id,
            org_id=row.org_id,
            project=ProjectRef(id=project.id, code=project.code, title=project.title),
            name=row.template_name,
            template_version=row.template_version,
            status=WorkflowStatus(row.status),
            failure_reason=row.failure_reason,
            deployed_at=row.deployed_at,
            created_at=row.created_at,
            updated_at=row.updated_at,
            steps=list(steps_from(WorkflowStatus(row.status))) if is_staff else [],
            template_id=row.template_id if is_staff else None,
            environment_id=row.environment_id if is_staff else None,
            engine_workflow_id=row.engine_workflow_id if is_staff else None,
            parameters=parameters,
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
    status: ExecutionStatus
    trigger: TriggerKind
    engine_execution_id: str | None = Field(description="The run's id at the engine.", examples=["17"])
    started_at: Moment
    finished_at: Moment | None
    error_message: str | None
    created_at: Moment

    @classmethod
    def of(cls, row: Execution) -> "ExecutionOut":
        """Return the answer of a row."""
        return cls.model_validate(row)


#: A moment of a run. At the ends of the calendar an offset leads outside of it, and the driver fails on that.
RunMoment = Annotated[
    AwareDatetime, Field(strict=False, ge=datetime(1970, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))
]


class Callback(RequestBody):
    """What a workflow tells at its end."""

    execution_id: Annotated[Line, Field(min_length=1, max_length=100)]
    status: Annotated[ExecutionStatus, Field(strict=False)]
    started_at: RunMoment | None = None
    finished_at: RunMoment | None = None
    error_message: Annotated[Paragraph, Field(max_length=4000)] | None = None
    run_id: Annotated[Line, Field(max_length=200)] | None = None

    @field_validator("status", mode="before")
    @classmethod
    def _in_any_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("execution_id", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class CallbackReceipt(ResponseBody):
    """A callback that was taken."""

    execution_id: uuid.UUID = Field(description="Our id of the run.")
    is_duplicate: bool = Field(description="Whether this was known already.")
