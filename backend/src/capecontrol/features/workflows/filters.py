"""What readers of workflows, of their runs, of templates and of n8n servers look for."""

import uuid

from pydantic import Field

from capecontrol.core.lists.list_filter import ListFilter, Words
from capecontrol.features.workflows.lifecycle import ExecutionStatus, WorkflowStatus


class WorkflowFilter(ListFilter):
    """The filter of the list of workflows."""

    project_id: uuid.UUID | None = Field(default=None, description="Of this project.")
    org_id: uuid.UUID | None = Field(default=None, description="Of this organization.")
    status: WorkflowStatus | None = Field(
        default=None, description="The status. Removed workflows are only listed if you ask for `REMOVED`."
    )
    q: Words = Field(default=None, description="Words from the template's name, or an ID.")
    is_failing: bool = Field(
        default=False,
        alias="failing",
        description="Only workflows with a failed deployment, or a failed run in the last seven days.",
    )


class ExecutionFilter(ListFilter):
    """The filter of the list of a workflow's runs."""

    status: ExecutionStatus | None = Field(default=None, description="With this status.")


class TemplateFilter(ListFilter):
    """The filter of the list of templates."""

    category: str | None = Field(default=None, max_length=60, description="In this category.")
    q: Words = Field(default=None, description="Words of the name, description or category.")


class EnvironmentFilter(ListFilter):
    """The filter of the list of n8n servers."""

    q: Words = Field(default=None, description="Words of the name or the address.")
