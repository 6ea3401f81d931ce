"""The steps that a workflow's status allows."""

from capecontrol.features.workflows.errors import WrongStatus
from capecontrol.features.workflows.lifecycle import Step, steps_from
from capecontrol.features.workflows.models import WorkflowInstance


def check_step(instance: WorkflowInstance, step: Step, *, is_late: bool = False) -> None:
    """Check that a workflow's status allows a step.

    Raises:
        WrongStatus: it does not; or, when late, somebody was faster.
    """
    status = instance.status
    if is_late or step not in steps_from(status):
        allowed = [str(one) for one in steps_from(status)]
        raise WrongStatus(f"The workflow is {status}. Load it again to see what can be done now.", allowed=allowed)
