"""Look into a workflow file, before a template is made of it."""

from dataclasses import dataclass

from pydantic import JsonValue

from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.definition.graph import RESPOND, name_of, nodes_of, of_type
from capecontrol.features.workflows.definition.literals import CredentialSlot, Literal, literals_of, slots_of
from capecontrol.features.workflows.definition.reading import read_file, trigger_of


@dataclass(frozen=True, slots=True)
class FileContent:
    """What a workflow file holds: ``values`` and ``credentials`` can be made parameters."""

    name: str
    trigger: str
    nodes: int
    has_own_response: bool
    values: list[Literal]
    credentials: list[CredentialSlot]


async def inspect_file(work: UnitOfWork, file: JsonValue) -> FileContent:
    """Return what an n8n workflow file holds; nothing is stored but that somebody looked.

    Raises:
        Invalid: no workflow file that we can deploy.
    """
    definition = read_file(file)
    name = str(definition["name"])
    await work.record("workflow_template.inspected", resource=("workflow_template", None), metadata={"name": name})
    return FileContent(
        name=name,
        trigger=name_of(trigger_of(definition)),
        nodes=len(nodes_of(definition)),
        has_own_response=bool(of_type(definition, RESPOND)),
        values=literals_of(definition),
        credentials=slots_of(definition),
    )
