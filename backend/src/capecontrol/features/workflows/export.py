"""The lists of workflows as files: what stands in their columns."""

from capecontrol.core.export.column import Column
from capecontrol.core.export.csv_list import CsvList
from capecontrol.core.export.span import BEGAN_AT
from capecontrol.features.organizations.interface import organization_to_join
from capecontrol.features.projects.interface import project_to_join
from capecontrol.features.workflows.dao.environments import ENVIRONMENTS
from capecontrol.features.workflows.dao.executions import (
    EXECUTIONS,
    failures_to_join,
    last_run_to_join,
    recently,
)
from capecontrol.features.workflows.dao.instances import WORKFLOWS
from capecontrol.features.workflows.dao.templates import TEMPLATES
from capecontrol.features.workflows.models import Execution, N8nEnvironment, WorkflowInstance, WorkflowTemplate

_ORGANIZATION = organization_to_join(WorkflowInstance.org_id)
_PROJECT = project_to_join(WorkflowInstance.project_id)
_LAST_RUN = last_run_to_join(WorkflowInstance.id)
_FAILURES = failures_to_join(WorkflowInstance.id, recently(BEGAN_AT))


def _workflows(*staff: Column) -> CsvList:
    return CsvList(
        "workflows",
        WORKFLOWS,
        Column.text("name", WorkflowInstance.template_name),
        Column.own("template_version", WorkflowInstance.template_version),
        Column.own("status", WorkflowInstance.status),
        Column.text("project", _PROJECT.c.code),
        Column.text("organization", _ORGANIZATION.c.name),
        *staff,
        Column.moment("last_run_at", _LAST_RUN.c.started_at),
        Column.own("last_run_status", _LAST_RUN.c.status),
        Column.own("recent_failures", _FAILURES.c.count),
        Column.moment("deployed_at", WorkflowInstance.deployed_at),
        Column.moment("created_at", WorkflowInstance.created_at),
        Column.moment("updated_at", WorkflowInstance.updated_at),
        Column.own("id", WorkflowInstance.id),
        area="workflow",
        joins=[_PROJECT, _ORGANIZATION, _LAST_RUN, _FAILURES],
    )


WORKFLOWS_CSV = _workflows(Column.text("failure_reason", WorkflowInstance.failure_reason))
#: Why a deployment failed names servers and nodes, which are the staff's.
CLIENT_WORKFLOWS_CSV = _workflows()


def _executions(*staff: Column) -> CsvList:
    return CsvList(
        "executions",
        EXECUTIONS,
        Column.moment("started_at", Execution.started_at),
        Column.moment("finished_at", Execution.finished_at),
        Column.own("status", Execution.status),
        Column.own("trigger", Execution.trigger),
        *staff,
        Column.text("engine_execution_id", Execution.engine_execution_id),
        Column.own("id", Execution.id),
        area="execution",
    )


EXECUTIONS_CSV = _executions(Column.text("error_message", Execution.error_message))
#: Why a run failed names nodes, too.
CLIENT_EXECUTIONS_CSV = _executions()
TEMPLATES_CSV = CsvList(
    "workflow_templates",
    TEMPLATES,
    Column.text("name", WorkflowTemplate.name),
    Column.own("version", WorkflowTemplate.version),
    Column.text("category", WorkflowTemplate.category),
    Column.text("description", WorkflowTemplate.description),
    Column.own("sha256", WorkflowTemplate.sha256),
    Column.moment("created_at", WorkflowTemplate.created_at),
    Column.own("id", WorkflowTemplate.id),
    area="workflow_template",
)
ENVIRONMENTS_CSV = CsvList(
    "workflow_environments",
    ENVIRONMENTS,
    Column.text("name", N8nEnvironment.name),
    Column.text("base_url", N8nEnvironment.base_url),
    Column.flag("is_active", N8nEnvironment.is_active),
    Column.text("version", N8nEnvironment.version),
    Column.moment("checked_at", N8nEnvironment.checked_at),
    Column.flag("is_reachable", N8nEnvironment.check_failure == ""),
    Column.text("check_failure", N8nEnvironment.check_failure),
    Column.moment("created_at", N8nEnvironment.created_at),
    Column.moment("updated_at", N8nEnvironment.updated_at),
    Column.own("id", N8nEnvironment.id),
    area="workflow_environment",
)
