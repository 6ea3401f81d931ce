"""The tables of workflows: where engines are, what can be deployed, what is deployed, what ran."""

import uuid
from datetime import datetime
from typing import ClassVar

from pydantic import JsonValue
from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Index, Integer, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import (
    Base,
    IdMixin,
    OwnedByOrganization,
    TableAccess,
    Timestamps,
    owned_reference,
    unique_owned,
)
from capecontrol.core.db.enum_text import EnumText
from capecontrol.core.db.search_token import TOKEN_ACCESS, SearchToken, token_keys
from capecontrol.features.workflows.lifecycle import ExecutionStatus, TriggerKind, WorkflowStatus


def _one_of(column: str, values: type[WorkflowStatus | ExecutionStatus | TriggerKind]) -> CheckConstraint:
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} in ({words})", name=column)


class N8nEnvironment(IdMixin, Timestamps, Base):
    """One n8n server of the platform. Its API key is sealed; no organization ever reads this table."""

    __tablename__ = "n8n_environments"
    __table_args__ = (UniqueConstraint("name", name="uq_n8n_environments_name"),)
    access: ClassVar[TableAccess] = TableAccess()

    name: Mapped[str] = mapped_column(Text)
    base_url: Mapped[str] = mapped_column(Text)
    api_key_sealed: Mapped[str] = mapped_column(Text)
    is_active: Mapped[bool] = mapped_column(Boolean)
    version: Mapped[str | None] = mapped_column(Text)
    checked_at: Mapped[datetime | None]
    #: None while never checked; '' when the last check went well; else why it did not.
    check_failure: Mapped[str | None] = mapped_column(Text)


class WorkflowTemplate(IdMixin, Timestamps, Base):
    """One version of one template: never changed but for being current no more. ``family_id`` joins the versions."""

    __tablename__ = "workflow_templates"
    __table_args__ = (
        UniqueConstraint("family_id", "version", name="uq_workflow_templates_family_id_version"),
        Index("ix_workflow_templates_is_current_created_at_id", "is_current", "created_at", "id"),
    )
    access: ClassVar[TableAccess] = TableAccess()

    family_id: Mapped[uuid.UUID]
    version: Mapped[int] = mapped_column(Integer)
    is_current: Mapped[bool] = mapped_column(Boolean)
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(Text)
    definition: Mapped[dict[str, JsonValue]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(Text)
    parameters: Mapped[list[JsonValue]] = mapped_column(JSON)
    created_by: Mapped[uuid.UUID | None]


_NAME_ORDER = text('lower(template_name collate "C")')


class WorkflowInstance(IdMixin, Timestamps, OwnedByOrganization, Base):
    """One deployed workflow of one project.

    ``parameters`` is what people may see: key, label, type, value (None for secrets, whose values are sealed beside
    it). The template's name and version are copied: an organization does not read the templates. ``deployment``
    counts the requests to deploy it, so that a handler of an earlier one finds itself overtaken.
    """

    __tablename__ = "workflow_instances"
    __table_args__ = (
        unique_owned("workflow_instances"),
        owned_reference("project_id", "projects"),
        _one_of("status", WorkflowStatus),
        Index("ix_workflow_instances_org_id_created_at_id", "org_id", "created_at", "id"),
        Index("ix_workflow_instances_created_at_id", "created_at", "id"),
        Index("ix_workflow_instances_status_created_at_id", "status", "created_at", "id"),
        Index("ix_workflow_instances_org_id_name_id", "org_id", _NAME_ORDER, "id"),
        Index("ix_workflow_instances_name_id", _NAME_ORDER, "id"),
        Index("ix_workflow_instances_project_id", "project_id"),
        Index("ix_workflow_instances_environment_id", "environment_id"),
        Index("ix_workflow_instances_left", "updated_at", "id", postgresql_where=text("still_runs_at is not null")),
    )
    # A callback begins with the workflow's id in its path and a signature: its organization is found with the
    # sign-in role.
    access: ClassVar[TableAccess] = TableAccess(runtime="select update", signin="select")

    project_id: Mapped[uuid.UUID]
    template_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("workflow_templates.id"))
    template_name: Mapped[str] = mapped_column(Text)
    template_version: Mapped[int] = mapped_column(Integer)
    environment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("n8n_environments.id"))
    status: Mapped[WorkflowStatus] = mapped_column(EnumText(WorkflowStatus))
    deployment: Mapped[int] = mapped_column(Integer)
    parameters: Mapped[list[JsonValue]] = mapped_column(JSON)
    secrets_sealed: Mapped[str | None] = mapped_column(Text)
    callback_secret_sealed: Mapped[str] = mapped_column(Text)
    webhook_path: Mapped[str] = mapped_column(Text)
    engine_workflow_id: Mapped[str | None] = mapped_column(Text)
    failure_reason: Mapped[str | None] = mapped_column(Text)
    deployed_at: Mapped[datetime | None]
    #: The name of the server that was never reached to delete it, once the attempts were given up; None otherwise.
    still_runs_at: Mapped[str | None] = mapped_column(Text)
    created_by: Mapped[uuid.UUID | None]


class Execution(IdMixin, Timestamps, OwnedByOrganization, Base):
    """One run of one workflow. ``payload`` waits for the engine and is dropped once it was handed over."""

    __tablename__ = "executions"
    __table_args__ = (
        unique_owned("executions"),
        owned_reference("workflow_id", "workflow_instances"),
        UniqueConstraint("org_id", "workflow_id", "engine_execution_id", name="uq_executions_engine_execution_id"),
        _one_of("status", ExecutionStatus),
        _one_of("trigger", TriggerKind),
        Index("ix_executions_org_id_created_at_id", "org_id", "created_at", "id"),
        Index("ix_executions_workflow_id_created_at_id", "workflow_id", "created_at", "id"),
        Index("ix_executions_workflow_id_started_at_id", "workflow_id", "started_at", "id"),
        Index("ix_executions_created_at_id", "created_at", "id"),
        Index(
            "ix_executions_workflow_id_failed",
            "workflow_id",
            "started_at",
            postgresql_where="status in ('ERROR', 'CANCELED')",
        ),
        Index("ix_executions_failed", "started_at", postgresql_where="status in ('ERROR', 'CANCELED')"),
        Index("ix_executions_running", "created_at", postgresql_where="status = 'RUNNING'"),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert update")

    workflow_id: Mapped[uuid.UUID]
    engine_execution_id: Mapped[str | None] = mapped_column(Text)
    status: Mapped[ExecutionStatus] = mapped_column(EnumText(ExecutionStatus))
    trigger: Mapped[TriggerKind] = mapped_column(EnumText(TriggerKind))
    payload: Mapped[dict[str, JsonValue] | None] = mapped_column(JSON(none_as_null=True))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    error_message: Mapped[str | None] = mapped_column(Text)
    dispatched_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    requested_by: Mapped[uuid.UUID | None]


class WorkflowToken(SearchToken, Base):
    """A word of the name of a workflow's template."""

    __tablename__ = "workflow_tokens"
    __table_args__ = token_keys("workflow_tokens", "workflow_id", "workflow_instances")
    access: ClassVar[TableAccess] = TOKEN_ACCESS

    workflow_id: Mapped[uuid.UUID]
