"""The versions of a template: one is stored, and never changes but for being current no more."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from capecontrol.core.ids import new_id
from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.dao.templates import TemplateDao
from capecontrol.features.workflows.definition.graph import JsonObject
from capecontrol.features.workflows.definition.parameters import Parameter, check_parameters, without_secrets
from capecontrol.features.workflows.definition.reading import canonical, read_file
from capecontrol.features.workflows.errors import TemplateSuperseded
from capecontrol.features.workflows.models import WorkflowTemplate
from capecontrol.features.workflows.stored import to_json


@dataclass(frozen=True, slots=True)
class TemplateContent:
    """What a version holds."""

    name: str
    description: str
    category: str
    definition: JsonObject
    parameters: Sequence[Parameter]


def read_content(
    *, name: str, description: str, category: str, definition: JsonValue, parameters: Sequence[Parameter]
) -> TemplateContent:
    """Read the file and check the parameters against it. The file's own values of secret parameters are not kept.

    Raises:
        Invalid: no workflow file that we can deploy, or parameters that do not fit it.
    """
    read = read_file(definition)
    check_parameters(read, parameters)
    return TemplateContent(name, description, category, without_secrets(read, parameters), parameters)


async def add_version(
    work: UnitOfWork, content: TemplateContent, *, family_id: uuid.UUID, version: int
) -> WorkflowTemplate:
    """Store a version as the template's current one."""
    return await TemplateDao(work).add(
        WorkflowTemplate(
            id=new_id(),
            family_id=family_id,
            version=version,
            is_current=True,
            name=content.name,
            description=content.description,
            category=content.category,
            definition=content.definition,
            sha256=hashlib.sha256(canonical(content.definition)).hexdigest(),
            parameters=to_json(content.parameters),
            created_by=work.actor.id,
        )
    )


async def retire_version(work: UnitOfWork, template_id: uuid.UUID) -> None:
    """Make a version current no more.

    Raises:
        TemplateSuperseded: it is not the current one (any more).
    """
    retired = await TemplateDao(work).update_where(
        WorkflowTemplate.id == template_id, WorkflowTemplate.is_current.is_(True), is_current=False
    )
    if not retired:
        raise TemplateSuperseded(
            "Someone has created a newer version or archived the template. Open it again from the list.", allowed=[]
        )
