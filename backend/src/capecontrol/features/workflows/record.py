"""How acts on workflows and runs are recorded, and told under their project."""

from capecontrol.core.activity import ActivityKind
from capecontrol.core.audit import Outcome
from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.wording import Data
from capecontrol.core.work import UnitOfWork
from capecontrol.features.activity.interface import record_act
from capecontrol.features.projects.interface import project_subject
from capecontrol.features.workflows.models import Execution, WorkflowInstance


async def record_workflow(
    work: UnitOfWork,
    kind: ActivityKind,
    instance: WorkflowInstance,
    told: Data | None = None,
    *,
    outcome: Outcome = Outcome.SUCCESS,
    **details: object,
) -> None:
    """Record an act on a workflow in the audit log, and tell it under the project.

    Args:
        work: the unit of work of the act.
        kind: what is told of the act.
        instance: the workflow.
        told: the members that the kind declares beside the template; the audit log has them too.
        outcome: how it ended.
        details: what the audit log alone has.
    """
    named = {"template": instance.template_name, **(told or {})}
    await record_act(
        work,
        kind,
        org_id=instance.org_id,
        subject=project_subject(instance.project_id),
        resource=("workflow", instance.id),
        told=named,
        audited={"project_id": str(instance.project_id), **named, **details},
        changed=Topic.WORKFLOWS,
        outcome=outcome,
    )


async def record_untold(work: UnitOfWork, kind: ActivityKind, instance: WorkflowInstance, **details: object) -> None:
    """Record an act on a workflow in the audit log alone: people are told what comes of it. Open pages hear of it."""
    audited = {"project_id": str(instance.project_id), "template": instance.template_name, **details}
    await work.record(kind.key, resource=("workflow", instance.id), org_id=instance.org_id, metadata=audited)
    note_change(work, Topic.WORKFLOWS, instance.id, org_id=instance.org_id, project_id=instance.project_id)


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
    named = {"template": instance.template_name, **(told or {})}
    await record_act(
        work,
        kind,
        org_id=execution.org_id,
        subject=project_subject(instance.project_id),
        resource=("execution", execution.id),
        told=named,
        audited={"workflow_id": str(instance.id), "project_id": str(instance.project_id), **named, **details},
        changed=Topic.EXECUTIONS,
        outcome=outcome,
    )
