"""What people are told of workflows and their runs."""

from collections.abc import Callable

from capecontrol.core.activity import (
    NOTHING,
    ActivityIcon,
    ActivityKind,
    ActivityTone,
    Detail,
    Fold,
    Visibility,
    member,
)
from capecontrol.core.links import Pages
from capecontrol.core.wording import Data, Title, Wording, phrase

PAGE = Pages.project_workflows("{subject_id}")
TEMPLATE = member("template")


def _by_whom(data: Data) -> str | None:
    """Return a workflow and who had it deployed: the worker, which did it, is nobody to people."""
    template, name = data.get("template"), data.get("by")
    return f"{template}, deployed by {name}" if template and name else str(template) if template else None


BY_WHOM: Detail = Wording(frozenset({"template", "by"}), _by_whom)


def _kind(
    key: str,
    title: Title,
    visibility: Visibility = Visibility.CLIENT,
    *,
    detail: Detail = TEMPLATE,
    told: tuple[str, ...] = (),
    tone: ActivityTone = ActivityTone.NEUTRAL,
    fold: Callable[[str, int, int], str] | None = None,
    until: ActivityKind | None = None,
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
        until=until.key if until else None,
    )


def _run(data: Data) -> str:
    return "Run succeeded" if data.get("status") == "SUCCESS" else "Run failed"


def _starts(workflow: str, count: int, _: int) -> str:
    return f"{workflow} was started {count} times"


def _runs(workflow: str, count: int, failed: int) -> str:
    if failed == count:
        return f"{workflow} failed {count} times"
    return f"{workflow} ran {count} times, {failed} failed" if failed else f"{workflow} ran {count} times"


#: Told until 20261123_1450 beside the deployment that came of them; such entries stay.
WORKFLOW_REQUESTED = _kind("workflow.requested", phrase("Deployment started"), Visibility.STAFF)
REDEPLOYMENT_REQUESTED = _kind(
    "workflow.redeployment_requested",
    phrase("Redeployment started"),
    Visibility.STAFF,
    detail=NOTHING,
)
WORKFLOW_DEPLOYED = _kind("workflow.deployed", phrase("Workflow deployed"), detail=BY_WHOM, told=("by",))
DEPLOYMENT_FAILED = _kind(
    "workflow.deployment_failed",
    phrase("Deployment failed"),
    Visibility.STAFF,
    detail=BY_WHOM,
    told=("by",),
    tone=ActivityTone.BAD,
)
WORKFLOW_PAUSED = _kind("workflow.paused", phrase("Workflow paused"))
WORKFLOW_RESUMED = _kind("workflow.resumed", phrase("Workflow resumed"))
WORKFLOW_REMOVED = _kind("workflow.removed", phrase("Workflow removed"))
EXECUTION_FINISHED = _kind("execution.finished", Wording(frozenset({"status"}), _run), told=("status",), fold=_runs)
EXECUTION_REQUESTED = _kind("execution.requested", phrase("Run started"), fold=_starts, until=EXECUTION_FINISHED)

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
