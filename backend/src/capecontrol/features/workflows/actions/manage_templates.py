"""Make templates of workflow files. A version never changes: an edit makes the next one."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from capecontrol.core.ids import new_id
from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.dao import TemplateDao
from capecontrol.features.workflows.definition.graph import JsonObject
from capecontrol.features.workflows.definition.parameters import Parameter, check_parameters, without_secrets
from capecontrol.features.workflows.definition.reading import canonical, read_file
from capecontrol.features.workflows.errors import TemplateSuperseded
from capecontrol.features.workflows.models import WorkflowTemplate
from capecontrol.features.workflows.stored import to_json


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """What a version will be."""

    name: str
    description: str
    category: str
    definition: JsonObject
    parameters: Sequence[Parameter]


def draft_of(
    name: str, description: str, category: str, definition: JsonValue, parameters: Sequence[Parameter]
) -> TemplateDraft:
    """Read the file and check the parameters against it. The file's own values of secret parameters are not kept.

    Raises:
        Invalid: no workflow file that we can deploy, or parameters that do not fit it.
    """
    read = read_file(definition)
    check_parameters(read, parameters)
    return TemplateDraft(name, description, category, without_secrets(read, parameters), parameters)


async def add_template(work: UnitOfWork, draft: TemplateDraft) -> WorkflowTemplate:
    """Store the first version of a template."""
    row = await _add(work, draft, family_id=new_id(), version=1)
    await work.record("workflow_template.created", resource=("workflow_template", row.id), metadata={"name": row.name})
    return row


async def add_version(work: UnitOfWork, before: WorkflowTemplate, draft: TemplateDraft) -> WorkflowTemplate:
    """Store the next version; workflows that were deployed from an earlier one keep it.

    Raises:
        TemplateSuperseded: the version is not the current one (any more).
    """
    await _retire(work, before.id)
    row = await _add(work, draft, family_id=before.family_id, version=before.version + 1)
    await work.record(
        "workflow_template.versioned",
        resource=("workflow_template", row.id),
        metadata={"name": row.name, "version": row.version},
    )
    return row


async def archive_template(work: UnitOfWork, row: WorkflowTemplate) -> None:
    """Take a template out of the library; what was deployed from it goes on.

    Raises:
        TemplateSuperseded: the version is not the current one (any more).
    """
    await _retire(work, row.id)
    await work.record("workflow_template.archived", resource=("workflow_template", row.id), metadata={"name": row.name})


async def _retire(work: UnitOfWork, template_id: uuid.UUID) -> None:
    retired = await TemplateDao(work).update_where(
        WorkflowTemplate.id == template_id,
        WorkflowTemplate.is_current.is_(True),
        is_current=False,
        updated_at=work.now(),
    )
    if not retired:
        raise TemplateSuperseded("Open the template again: somebody made a newer version, or put it away.", allowed=[])


async def _add(work: UnitOfWork, draft: TemplateDraft, *, family_id: uuid.UUID, version: int) -> WorkflowTemplate:
    now = work.now()
    return await TemplateDao(work).add(
        WorkflowTemplate(
            id=new_id(),
            family_id=family_id,
            version=version,
            is_current=True,
            name=draft.name,
            description=draft.description,
            category=draft.category,
            definition=draft.definition,
            sha256=hashlib.sha256(canonical(draft.definition)).hexdigest(),
            parameters=to_json(draft.parameters),
            created_by=work.actor.id,
            created_at=now,
            updated_at=now,
        )
    )
