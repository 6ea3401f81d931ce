"""The contract that features are entered by their entry points notices an import that goes past them."""

import grimp

from tests.architecture.entry_points import bypasses

PACKAGES = ["shop.bakery", "shop.mill"]


def _graph(*imports: tuple[str, str]) -> grimp.ImportGraph:
    graph = grimp.ImportGraph()
    for module in ("shop", *PACKAGES, "shop.bakery.oven", "shop.mill.interface", "shop.mill.events", "shop.mill.store"):
        graph.add_module(module)
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported)
    return graph


def test_entry_points_may_be_imported() -> None:
    graph = _graph(("shop.bakery.oven", "shop.mill.interface"), ("shop.bakery.oven", "shop.mill.events"))
    assert bypasses(graph, PACKAGES, ["interface", "events"]) == []


def test_other_modules_may_not() -> None:
    graph = _graph(("shop.bakery.oven", "shop.mill.store"), ("shop.bakery", "shop.mill"))
    assert bypasses(graph, PACKAGES, ["interface", "events"]) == [
        ("shop.bakery", "shop.mill"),
        ("shop.bakery.oven", "shop.mill.store"),
    ]


def test_a_package_may_import_all_of_its_own() -> None:
    graph = _graph(("shop.mill.interface", "shop.mill.store"))
    assert bypasses(graph, PACKAGES, ["interface"]) == []
