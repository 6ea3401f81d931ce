"""What people are told of workflows and their runs."""

from collections.abc import Callable

from capecontrol.core.activity import (
    NOTHING,
    ActivityIcon,
    ActivityKind,
    ActivityTone,
    Data,
    Detail,
    Fold,
    Title,
    Visibility,
    Wording,
    member,
    phrase,
)
from capecontrol.core.links import Pages

PAGE = Pages.project_workflows("{subject_id}")
TEMPLATE = member("template")


def _kind(
    key: str,
    title: Title,
    visibility: Visibility = Visibility.CLIENT,
    *,
    detail: Detail = TEMPLATE,
    told: tuple[str, ...] = (),
    tone: ActivityTone = ActivityTone.NEUTRAL,
    fold: Callable[[str, int, int], str] | None = None,
) -> ActivityKind:
    return ActivityKind(
        key,
        title,
        detail,
        members=("template", *told),
        visibility=visibility,
        page=PAGE,
        icon=ActivityIcon.BOLT,
        tone=tone,
        # What people call a workflow: two of one name in a project are one to them.
        fold=Fold("template", fold) if fold else None,
    )


def _run(data: Data) -> str:
    return "Run succeeded" if data.get("status") == "SUCCESS" else "Run failed"


def _starts(workflow: str, count: int, _: int) -> str:
    return f"{workflow} was started {count} times"


def _runs(workflow: str, count: int, failed: int) -> str:
    if failed == count:
        return f"{workflow} failed {count} times"
    return f"{workflow} ran {count} times, {failed} failed" if failed else f"{workflow} ran {count} times"


WORKFLOW_REQUESTED = _kind("workflow.requested", phrase("Deployment started"), Visibility.STAFF)
REDEPLOYMENT_REQUESTED = _kind(
    "workflow.redeployment_requested",
    phrase("Redeployment started"),
    Visibility.STAFF,
    detail=NOTHING,
)
WORKFLOW_DEPLOYED = _kind("workflow.deployed", phrase("Workflow deployed"))
DEPLOYMENT_FAILED = _kind(
    "workflow.deployment_failed",
    phrase("Deployment failed"),
    Visibility.STAFF,
    tone=ActivityTone.BAD,
)
WORKFLOW_PAUSED = _kind("workflow.paused", phrase("Workflow paused"))
WORKFLOW_RESUMED = _kind("workflow.resumed", phrase("Workflow resumed"))
WORKFLOW_REMOVED = _kind("workflow.removed", phrase("Workflow removed"))
EXECUTION_REQUESTED = _kind("execution.requested", phrase("Run started"), fold=_starts)
EXECUTION_FINISHED = _kind("execution.finished", Wording(frozenset({"status"}), _run), told=("status",), fold=_runs)

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
