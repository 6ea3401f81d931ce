"""Ask for a workflow to be deployed: the intent is stored and announced; ``deploy_workflow`` does it."""

import uuid
from collections.abc import Mapping

from pydantic import JsonValue

from capecontrol.core.activity import ActivityKind
from capecontrol.core.crypto import new_secret
from capecontrol.core.ids import new_id
from capecontrol.core.problems import FieldError, Invalid
from capecontrol.core.work import UnitOfWork
from capecontrol.features.projects.interface import ProjectStatus, ProjectSummary, get_project, status_words
from capecontrol.features.workflows.activity import WORKFLOW_REQUESTED
from capecontrol.features.workflows.dao.environments import EnvironmentDao
from capecontrol.features.workflows.dao.instances import InstanceDao
from capecontrol.features.workflows.dao.templates import TemplateDao
from capecontrol.features.workflows.definition.parameters import resolve_values
from capecontrol.features.workflows.errors import ProjectNotApproved
from capecontrol.features.workflows.events import DeploymentRequested
from capecontrol.features.workflows.lifecycle import WorkflowStatus
from capecontrol.features.workflows.models import WorkflowInstance, WorkflowTemplate
from capecontrol.features.workflows.record import record_untold
from capecontrol.features.workflows.stored import parameters_of, seal_secrets, shown_values

#: The project states in which a client's automation is built (ASP FR-WF-003: "project approved").
OPEN_FOR_WORK = (ProjectStatus.APPROVED, ProjectStatus.IN_PROGRESS)


async def request_deployment(
    work: UnitOfWork,
    *,
    project_id: uuid.UUID,
    template_id: uuid.UUID,
    environment_id: uuid.UUID,
    given: Mapping[str, JsonValue],
) -> WorkflowInstance:
    """Store a workflow in DEPLOYING, with values and secrets of its own, and announce it.

    Raises:
        Invalid: an unknown project, template or environment, one that is switched off, or wrong values.
        ProjectNotApproved: the project has no approved proposal yet, or is over.
    """
    project = await get_project(work, project_id)
    if project is None:
        raise Invalid(errors=[FieldError("/project_id", "Choose a project from the list.")])
    template = await required_template(work, template_id)
    # Locked, so that it is not deleted before the workflow refers to it.
    environment = await EnvironmentDao(work).get(environment_id, lock=True)
    if environment is None or not environment.is_active:
        raise Invalid(errors=[FieldError("/environment_id", "Choose an active n8n server.")])
    parameters = parameters_of(template)
    values = resolve_values(parameters, given)
    check_open(project)
    instance = await InstanceDao(work).add(
        WorkflowInstance(
            id=new_id(),
            org_id=project.org_id,
            project_id=project.id,
            template_id=template.id,
            template_name=template.name,
            template_version=template.version,
            environment_id=environment.id,
            status=WorkflowStatus.DEPLOYING,
            deployment=1,
            parameters=shown_values(parameters, values),
            secrets_sealed=seal_secrets(work.keyring, parameters, values),
            callback_secret_sealed=work.keyring.seal(new_secret()),
            webhook_path=f"cc-{new_secret()}",
            created_by=work.actor.id,
        )
    )
    await announce_deployment(work, instance, WORKFLOW_REQUESTED)
    return instance


def check_open(project: ProjectSummary) -> None:
    """Check that a project is approved or in progress.

    Raises:
        ProjectNotApproved: it is not.
    """
    if project.status not in OPEN_FOR_WORK:
        raise ProjectNotApproved(
            f"The project is {status_words(project.status)}. It must be approved or in progress.",
            allowed=[str(one) for one in OPEN_FOR_WORK],
        )


async def required_template(work: UnitOfWork, template_id: uuid.UUID) -> WorkflowTemplate:
    """Return the template that a request names.

    Raises:
        Invalid: there is none with this id.
    """
    template = await TemplateDao(work).get(template_id)
    if template is None:
        raise Invalid(errors=[FieldError("/template_id", "Choose a template from the list.")])
    return template


async def announce_deployment(work: UnitOfWork, instance: WorkflowInstance, kind: ActivityKind) -> None:
    """Record and announce that a workflow is to be brought to its engine."""
    await record_untold(work, kind, instance, version=instance.template_version)
    await work.emit(
        DeploymentRequested(
            org_id=instance.org_id,
            workflow_id=instance.id,
            deployment=instance.deployment,
            requested_by=work.actor.name,
        )
    )
