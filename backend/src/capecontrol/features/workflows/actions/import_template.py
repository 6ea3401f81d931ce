"""Make a template of a workflow file."""

from collections.abc import Sequence

from pydantic import JsonValue

from capecontrol.core.ids import new_id
from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.definition.parameters import Parameter
from capecontrol.features.workflows.models import WorkflowTemplate
from capecontrol.features.workflows.template_version import add_version, read_content


async def import_template(
    work: UnitOfWork,
    *,
    name: str,
    description: str,
    category: str,
    definition: JsonValue,
    parameters: Sequence[Parameter],
) -> WorkflowTemplate:
    """Store the first version of a template.

    Raises:
        Invalid: no workflow file that we can deploy, or parameters that do not fit it.
    """
    content = read_content(
        name=name, description=description, category=category, definition=definition, parameters=parameters
    )
    row = await add_version(work, content, family_id=new_id(), version=1)
    await work.record("workflow_template.created", resource=("workflow_template", row.id), metadata={"name": row.name})
    return row
