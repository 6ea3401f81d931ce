"""What people are told of workflows and their runs."""

from capecontrol.core.activity import ActivityKind, Data, Title, Visibility, member, phrase

PROJECT = "/projects/{subject_id}"


def _kind(key: str, title: Title, visibility: Visibility = Visibility.CLIENT) -> ActivityKind:
    return ActivityKind(key, title, member("template"), visibility, page=PROJECT)


def _run(data: Data) -> str:
    return "A run succeeded" if data.get("status") == "SUCCESS" else "A run failed"


WORKFLOW_REQUESTED = _kind("workflow.requested", phrase("A workflow is being deployed"), Visibility.STAFF)
REDEPLOYMENT_REQUESTED = ActivityKind(
    "workflow.redeployment_requested",
    phrase("Workflow redeployment requested"),
    visibility=Visibility.STAFF,
    page=PROJECT,
)
WORKFLOW_DEPLOYED = _kind("workflow.deployed", phrase("A workflow went live"))
DEPLOYMENT_FAILED = _kind("workflow.deployment_failed", phrase("A workflow could not be deployed"), Visibility.STAFF)
WORKFLOW_PAUSED = _kind("workflow.paused", phrase("A workflow was paused"))
WORKFLOW_RESUMED = _kind("workflow.resumed", phrase("A workflow runs again"))
WORKFLOW_REMOVED = _kind("workflow.removed", phrase("A workflow was removed"))
EXECUTION_REQUESTED = _kind("execution.requested", phrase("A run was started"))
EXECUTION_FINISHED = _kind("execution.finished", _run)

ACTIVITY = (
    WORKFLOW_REQUESTED,
    REDEPLOYMENT_REQUESTED,
    WORKFLOW_DEPLOYED,
    DEPLOYMENT_FAILED,
    WORKFLOW_PAUSED,
    WORKFLOW_RESUMED,
    WORKFLOW_REMOVED,
    EXECUTION_REQUESTED,
    EXECUTION_FINISHED,
)
