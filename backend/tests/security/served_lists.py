"""The lists of the product, read from the routes of its features: a list that nobody wrote down is walked, too."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from capecontrol.core.lists.pagination import Page
from capecontrol.main.features import routers
from tests.client import Client
from tests.features.billing.builders import build_invoice
from tests.features.bulk_operations.builders import build_ended_operation
from tests.features.projects.builders import build_much_moved_project
from tests.features.proposals.builders import build_declined_versions, build_draft, build_sent_proposal
from tests.features.system.builders import build_dead_letter
from tests.features.workflows.builders import build_executions, build_workflow
from tests.security.call import Call
from tests.security.row import Row
from tests.security.rows import ROWS
from tests.security.served import Operation, operations
from tests.security.world import CANARY, World

#: What tells a page of a list, in every list.
PAGING = frozenset({"page", "limit", "cursor", "sort", "total", "sums"})
#: What a filter is tried with, by the type or the format that the API's description tells of it.
_SAMPLES: Mapping[str, str] = {
    "uuid": str(uuid.UUID(int=0)),
    "date-time": "2026-01-01T00:00:00Z",
    "boolean": "true",
    "string": CANARY,
}


@dataclass(frozen=True, slots=True)
class ServedList:
    """One list: an operation that answers pages, with what it takes."""

    operation: Operation
    parameters: Mapping[str, FieldInfo]

    @property
    def row(self) -> Row:
        return ROWS[self.operation.id]

    @property
    def sorts(self) -> tuple[str, ...]:
        """Every order, both ways."""
        return tuple(_schema_of(self.parameters["sort"])["enum"])

    @property
    def is_searched(self) -> bool:
        return "q" in self.parameters

    @property
    def filters(self) -> tuple[Mapping[str, str], ...]:
        """Each filter but the words, with a value; with each of its members where they are enumerated."""
        names = sorted(self.parameters.keys() - PAGING - {"q"})
        return tuple({name: value} for name in names for value in _samples(self.parameters[name]))

    @property
    def export(self) -> str:
        """The path under which it would be saved as a file."""
        return f"{self.operation.path}/export.csv"

    def path(self, call: Call) -> str:
        """Return its address."""
        return self.operation.path.format(**call.ids)

    def readers(self, *columns: str) -> tuple[str, ...]:
        """Return those of some kinds of callers whom it lets in."""
        return tuple(column for column in columns if self.row.lets_in(column))


def served_lists(app: FastAPI) -> dict[str, ServedList]:
    """Return the lists that an application serves, by their operation."""
    return {
        name: ServedList(operation, dict(_parameters(operation.route.dependant)))
        for name, operation in operations(app).items()
        if _is_page(operation.route.response_model)
    }


def _is_page(model: object) -> bool:
    return isinstance(model, type) and issubclass(model, Page)


def _parameters(dependant: Dependant) -> Iterator[tuple[str, FieldInfo]]:
    for field in dependant.query_params:
        yield field.alias, field.field_info
    for dependency in dependant.dependencies:
        yield from _parameters(dependency)


def _schema_of(field: FieldInfo) -> dict[str, Any]:
    annotation: Any = Annotated[field.annotation, field]
    return TypeAdapter[Any](annotation).json_schema()


def _samples(field: FieldInfo) -> list[str]:
    schema = _schema_of(field)
    [told] = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    if "$ref" in told:
        told = schema["$defs"][told["$ref"].rpartition("/")[2]]
    if "const" in told:
        return [told["const"]]
    return list(told["enum"]) if "enum" in told else [_SAMPLES[told.get("format", told["type"])]]


def _of_all_features() -> dict[str, ServedList]:
    app = FastAPI()
    for router in routers():
        router.add_to(app)
    return served_lists(app)


#: For the parameters of tests, which pytest wants before there is an application. ``test_lists`` holds them against it.
LISTS = _of_all_features()


async def fill_lists(world: World, operator: Client, count: int) -> Mapping[str, Call]:
    """Make so many rows in each list, and return how those are called that are about one thing.

    Args:
        world: what they belong to.
        operator: who has the bulk operations: nobody lists another one's.
        count: how many rows each has at least.
    """
    for _ in range(count):
        await build_invoice(world)
        await build_dead_letter(world)
        await world.people.organization(world.word())
        workflow = await build_workflow(world)
        await build_ended_operation(world, operator)
    await build_executions(world, workflow, count)
    for _ in range(2):
        await build_draft(world)
        await build_sent_proposal(world)
    return {
        "list_project_activity": Call({"project_id": await build_much_moved_project(world, count)}),
        "list_proposal_versions": Call({"proposal_id": await build_declined_versions(world, count)}),
        "list_workflow_executions": Call({"workflow_id": workflow}),
    }
