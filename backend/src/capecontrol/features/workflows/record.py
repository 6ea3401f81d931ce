"""How acts on workflows and runs are recorded, and told under their project."""

from capecontrol.core.activity import ActivityKind, Data
from capecontrol.core.audit import Outcome
from capecontrol.core.work import UnitOfWork
from capecontrol.features.activity.interface import add_entry
from capecontrol.features.projects.interface import project_subject
from capecontrol.features.workflows.models import Execution, WorkflowInstance


async def record_workflow(
    work: UnitOfWork,
    kind: ActivityKind,
    instance: WorkflowInstance,
    *,
    outcome: Outcome = Outcome.SUCCESS,
    **details: object,
) -> None:
    """Record an act on a workflow in the audit log, and tell it under the project."""
    resource = ("workflow", instance.id)
    named = {"template": instance.template_name}
    event_id = await work.record(
        kind.key,
        resource=resource,
        org_id=instance.org_id,
        outcome=outcome,
        metadata={"project_id": str(instance.project_id), **named, **details},
    )
    await add_entry(
        work,
        kind,
        event_id=event_id,
        org_id=instance.org_id,
        subject=project_subject(instance.project_id),
        resource=resource,
        data=named,
        outcome=outcome,
    )


async def record_execution(
    work: UnitOfWork,
    kind: ActivityKind,
    execution: Execution,
    instance: WorkflowInstance,
    told: Data | None = None,
    *,
    outcome: Outcome = Outcome.SUCCESS,
    **details: object,
) -> None:
    """Record an act on a run in the audit log, and tell it under the project.

    Args:
        work: the unit of work of the act.
        kind: what is told of the act.
        execution: the run.
        instance: its workflow.
        told: the members that the kind declares beside the template; the audit log has them too.
        outcome: how it ended.
        details: what the audit log alone has.
    """
    resource = ("execution", execution.id)
    named = {"template": instance.template_name, **(told or {})}
    event_id = await work.record(
        kind.key,
        resource=resource,
        org_id=execution.org_id,
        outcome=outcome,
        metadata={
            "workflow_id": str(instance.id),
            "project_id": str(instance.project_id),
            **named,
            **details,
        },
    )
    await add_entry(
        work,
        kind,
        event_id=event_id,
        org_id=execution.org_id,
        subject=project_subject(instance.project_id),
        resource=resource,
        data=named,
        outcome=outcome,
    )
