"""What is done about events, in the worker."""

from typing import Any

from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import Subscription
from capecontrol.features.workflows.actions.deploy_workflow import deploy_workflow
from capecontrol.features.workflows.actions.dispatch_execution import dispatch_execution
from capecontrol.features.workflows.actions.remove_at_engine import note_left, remove_at_engine, tell_of_death
from capecontrol.features.workflows.events import (
    DeploymentRequested,
    ExecutionRequested,
    WorkflowLeft,
    WorkflowRemoved,
)

SUBSCRIPTIONS: tuple[Subscription[Any], ...] = (
    Subscription(DeploymentRequested, "workflows.deploy", deploy_workflow, Lane.ENGINE),
    Subscription(ExecutionRequested, "workflows.dispatch", dispatch_execution, Lane.ENGINE),
    Subscription(WorkflowRemoved, "workflows.remove", remove_at_engine, Lane.ENGINE, on_dead=tell_of_death),
    Subscription(WorkflowLeft, "workflows.note_left", note_left),
)
