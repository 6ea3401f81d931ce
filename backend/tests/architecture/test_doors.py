"""The contract that features are entered by their doors does notice a wall that was broken through."""

import grimp

from tests.architecture.doors import trespasses

HOUSES = ["town.bakery", "town.mill"]


def _town(*imports: tuple[str, str]) -> grimp.ImportGraph:
    graph = grimp.ImportGraph()
    for room in ("town", *HOUSES, "town.bakery.oven", "town.mill.interface", "town.mill.events", "town.mill.store"):
        graph.add_module(room)
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported)
    return graph


def test_doors_are_open() -> None:
    graph = _town(("town.bakery.oven", "town.mill.interface"), ("town.bakery.oven", "town.mill.events"))
    assert trespasses(graph, HOUSES, ["interface", "events"]) == []


def test_walls_are_not() -> None:
    graph = _town(("town.bakery.oven", "town.mill.store"), ("town.bakery", "town.mill"))
    assert trespasses(graph, HOUSES, ["interface", "events"]) == [
        ("town.bakery", "town.mill"),
        ("town.bakery.oven", "town.mill.store"),
    ]


def test_at_home_every_room_is_open() -> None:
    graph = _town(("town.mill.interface", "town.mill.store"))
    assert trespasses(graph, HOUSES, ["interface"]) == []
