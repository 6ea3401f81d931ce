"""Take a template out of the library."""

from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.models import WorkflowTemplate
from capecontrol.features.workflows.template_version import retire_version


async def archive_template(work: UnitOfWork, template: WorkflowTemplate) -> None:
    """Hide a template from new deployments; what was deployed from it goes on.

    Raises:
        TemplateSuperseded: the version is not the current one (any more).
    """
    await retire_version(work, template.id)
    await work.record(
        "workflow_template.archived", resource=("workflow_template", template.id), metadata={"name": template.name}
    )
