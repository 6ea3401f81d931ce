"""The commands that a workflow's status allows."""

from capecontrol.features.workflows.errors import WrongStatus
from capecontrol.features.workflows.lifecycle import WorkflowCommand, commands_from, status_words
from capecontrol.features.workflows.models import WorkflowInstance


def check_command(instance: WorkflowInstance, command: WorkflowCommand, *, is_late: bool = False) -> None:
    """Check that a workflow's status allows a command.

    Raises:
        WrongStatus: it does not; or, when late, somebody was faster.
    """
    status = instance.status
    if is_late or command not in commands_from(status):
        allowed = [str(one) for one in commands_from(status)]
        words = f"The workflow is {status_words(status)}. Reload the page to see what you can do now."
        raise WrongStatus(words, allowed=allowed)
