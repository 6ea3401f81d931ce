"""Change a template. A version never changes: an edit makes the next one."""

from collections.abc import Sequence

from pydantic import JsonValue

from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.definition.parameters import Parameter
from capecontrol.features.workflows.models import WorkflowTemplate
from capecontrol.features.workflows.stored import parameters_of
from capecontrol.features.workflows.template_version import add_version, read_content, retire_version


async def edit_template(
    work: UnitOfWork,
    template: WorkflowTemplate,
    *,
    name: str | None,
    description: str | None,
    category: str | None,
    definition: JsonValue | None,
    parameters: Sequence[Parameter] | None,
) -> WorkflowTemplate:
    """Store and return the next version; workflows that were deployed from an earlier one keep it.

    What is None stays as it is.

    Raises:
        Invalid: no workflow file that we can deploy, or parameters that do not fit it.
        TemplateSuperseded: the version is not the current one (any more).
    """
    content = read_content(
        name=name if name is not None else template.name,
        description=description if description is not None else template.description,
        category=category if category is not None else template.category,
        definition=definition if definition is not None else template.definition,
        parameters=parameters if parameters is not None else parameters_of(template),
    )
    await retire_version(work, template.id)
    row = await add_version(work, content, family_id=template.family_id, version=template.version + 1)
    await work.record(
        "workflow_template.versioned",
        resource=("workflow_template", row.id),
        metadata={"name": row.name, "version": row.version},
    )
    return row
