"""An import-linter contract: a house is entered by its doors only.

``forbidden`` cannot say "of any other sibling than one's own", so this says it. Used by ``.importlinter``.
"""

from __future__ import annotations

from typing import cast

import grimp
from importlinter import Contract, ContractCheck, fields, output
from importlinter.domain.helpers import module_expressions_to_modules
from importlinter.domain.imports import ModuleExpression


def trespasses(graph: grimp.ImportGraph, houses: list[str], doors: list[str]) -> list[tuple[str, str]]:
    """Return each import from one house into another that does not end at a door of it.

    Args:
        graph: the import graph.
        houses: full names of sibling packages.
        doors: module names, directly below a house, that others may import.
    """
    rooms = {room: house for house in houses for room in {house} | graph.find_descendants(house)}
    return sorted(
        (importer, imported)
        for importer, house in rooms.items()
        for imported in graph.find_modules_directly_imported_by(importer)
        if imported in rooms and rooms[imported] != house
        if imported not in {f"{rooms[imported]}.{door}" for door in doors}
    )


class DoorsContract(Contract):
    """Options: ``houses``, a module expression of sibling packages; ``doors``, module names in each."""

    type_name = "doors"

    houses = fields.ListField(subfield=fields.ModuleExpressionField())
    doors = fields.ListField(subfield=fields.StringField())

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Find the imports that go through a wall."""
        del verbose
        # The fields are descriptors' declarations until import-linter fills them with values.
        expressions = cast("list[ModuleExpression]", self.houses)
        doors = [str(door) for door in cast("list[object]", self.doors)]
        houses = sorted(module.name for module in module_expressions_to_modules(graph, expressions))
        found = trespasses(graph, houses, doors)
        return ContractCheck(kept=not found, metadata={"trespasses": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print each of them."""
        for importer, imported in check.metadata["trespasses"]:
            output.print_error(f"{importer} -> {imported}", bold=False)
        output.new_line()
