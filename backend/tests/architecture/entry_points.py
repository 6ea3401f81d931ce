"""An import-linter contract: a package is entered by its entry points only.

``forbidden`` cannot say "of any other sibling than one's own", so this says it. Used by ``.importlinter``.
"""

from __future__ import annotations

from typing import cast

import grimp
from importlinter import Contract, ContractCheck, fields, output
from importlinter.domain.helpers import module_expressions_to_modules
from importlinter.domain.imports import ModuleExpression


def bypasses(graph: grimp.ImportGraph, packages: list[str], entry_points: list[str]) -> list[tuple[str, str]]:
    """Return each import from one package into another that does not end at an entry point of it.

    Args:
        graph: the import graph.
        packages: full names of sibling packages.
        entry_points: module names, directly below a package, that others may import.
    """
    owners = {module: package for package in packages for module in {package} | graph.find_descendants(package)}
    return sorted(
        (importer, imported)
        for importer, package in owners.items()
        for imported in graph.find_modules_directly_imported_by(importer)
        if imported in owners and owners[imported] != package
        if imported not in {f"{owners[imported]}.{entry_point}" for entry_point in entry_points}
    )


class EntryPointsContract(Contract):
    """Options: ``packages``, a module expression of sibling packages; ``entry_points``, module names in each."""

    type_name = "entry_points"

    packages = fields.ListField(subfield=fields.ModuleExpressionField())
    entry_points = fields.ListField(subfield=fields.StringField())

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Find the imports that go past them."""
        del verbose
        # The fields are descriptors' declarations until import-linter fills them with values.
        expressions = cast("list[ModuleExpression]", self.packages)
        entry_points = [str(entry_point) for entry_point in cast("list[object]", self.entry_points)]
        packages = sorted(module.name for module in module_expressions_to_modules(graph, expressions))
        found = bypasses(graph, packages, entry_points)
        return ContractCheck(kept=not found, metadata={"bypasses": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print each of them."""
        for importer, imported in check.metadata["bypasses"]:
            output.print_error(f"{importer} -> {imported}", bold=False)
        output.new_line()
