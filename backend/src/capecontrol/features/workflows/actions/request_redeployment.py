"""Ask for a workflow to be deployed again: the intent is stored and announced; ``deploy_workflow`` does it."""

import uuid
from collections.abc import Mapping

from pydantic import JsonValue

from capecontrol.core.work import UnitOfWork
from capecontrol.features.projects.interface import get_project
from capecontrol.features.workflows.actions.request_deployment import announce_deployment, check_open, required_template
from capecontrol.features.workflows.activity import REDEPLOYMENT_REQUESTED
from capecontrol.features.workflows.command import check_command
from capecontrol.features.workflows.dao.instances import InstanceDao
from capecontrol.features.workflows.definition.parameters import resolve_values
from capecontrol.features.workflows.lifecycle import WorkflowCommand, WorkflowStatus
from capecontrol.features.workflows.models import WorkflowInstance
from capecontrol.features.workflows.stored import parameters_of, seal_secrets, shown_values, values_of


async def request_redeployment(
    work: UnitOfWork, instance: WorkflowInstance, *, template_id: uuid.UUID | None, given: Mapping[str, JsonValue]
) -> None:
    """Bring a workflow to its engine again: after a failure, with other values, or from another template's version.

    Raises:
        Invalid: an unknown template, or wrong values.
        WrongStatus: the workflow was removed, or somebody gave another command at the same moment.
        ProjectNotApproved: the project is not open for work.
    """
    check_command(instance, WorkflowCommand.REDEPLOY)
    template = await required_template(work, template_id or instance.template_id)
    project = await get_project(work, instance.project_id)
    if project is not None:
        check_open(project)
    parameters = parameters_of(template)
    known = {parameter.key for parameter in parameters}
    kept = {key: value for key, value in values_of(work.keyring, instance).items() if key in known}
    values = resolve_values(parameters, {**kept, **given})
    changed = await InstanceDao(work).update_where(
        WorkflowInstance.id == instance.id,
        WorkflowInstance.deployment == instance.deployment,
        WorkflowInstance.status == instance.status,
        status=WorkflowStatus.DEPLOYING,
        deployment=instance.deployment + 1,
        template_id=template.id,
        template_name=template.name,
        template_version=template.version,
        parameters=shown_values(parameters, values),
        secrets_sealed=seal_secrets(work.keyring, parameters, values),
        failure_reason=None,
    )
    await work.session.refresh(instance)
    if not changed:
        check_command(instance, WorkflowCommand.REDEPLOY, is_late=True)
    await announce_deployment(work, instance, REDEPLOYMENT_REQUESTED)
