"""What the audit log says of acts on workflows, their runs, templates and n8n servers."""

from capecontrol.core.audit import AuditArea, export_acts
from capecontrol.core.wording import Data, Wording, phrase


def _finished(data: Data) -> str:
    ended = "succeeded" if data.get("status") == "SUCCESS" else "failed"
    return f"A run of {data.get('template', 'a workflow')} {ended}"


def _added(data: Data) -> str:
    """Say whether the server that was saved could be reached with its key."""
    name = data.get("name", "…")
    if data.get("connection_check"):
        return f"Added the n8n server {name} (connection check failed)"
    return f"Connected the n8n server {name}"


AUDIT_AREAS = (
    AuditArea(
        "workflow",
        "Workflows",
        {
            "workflow.requested": phrase("Requested the deployment of {template}"),
            "workflow.redeployment_requested": phrase("Requested another deployment of {template}"),
            "workflow.deployed": phrase("Deployed the workflow {template}"),
            "workflow.deployment_failed": phrase("Deployment of {template} failed"),
            "workflow.paused": phrase("Paused the workflow {template}"),
            "workflow.resumed": phrase("Resumed the workflow {template}"),
            "workflow.removed": phrase("Removed the workflow {template}"),
            **export_acts("workflow", "workflows"),
            "workflow_template.inspected": phrase("Checked the workflow file {name}"),
            "workflow_template.created": phrase("Imported the workflow template {name}"),
            "workflow_template.versioned": phrase("Saved version {version} of the workflow template {name}"),
            "workflow_template.archived": phrase("Archived the workflow template {name}"),
            **export_acts("workflow_template", "workflow templates"),
            "workflow_environment.created": Wording(frozenset({"name", "connection_check"}), _added),
            "workflow_environment.updated": phrase("Changed the n8n server {name}"),
            "workflow_environment.checked": phrase("Tested the connection to the n8n server {name}"),
            "workflow_environment.deleted": phrase("Removed the n8n server {name}"),
            **export_acts("workflow_environment", "n8n servers"),
        },
    ),
    AuditArea(
        "execution.",
        "Runs",
        {
            "execution.requested": phrase("Started a run of {template}"),
            "execution.reported": phrase("n8n reported a run"),
            # What 0.1.0 recorded of a callback that told nothing new.
            "execution.callback_repeated": phrase("n8n reported a run again"),
            "execution.finished": Wording(frozenset({"status", "template"}), _finished),
            **export_acts("execution", "runs"),
        },
    ),
)
