"""Every list sorts, finds and can be saved: what one lacks stands in one reviewed file."""

from fastapi import FastAPI

from tests.features import list_exceptions
from tests.security.served import operations
from tests.security.served_lists import LISTS, PAGING, served_lists


def test_the_lists_are_those_that_the_application_serves(app: FastAPI) -> None:
    assert served_lists(app).keys() == LISTS.keys()
    assert len(LISTS) >= 14


def test_every_list_sorts_and_may_go_uncounted() -> None:
    assert [name for name, listed in LISTS.items() if not listed.parameters.keys() >= PAGING - {"sums"}] == []


def test_every_list_finds_words_unless_it_was_reviewed() -> None:
    lacking = {name for name, listed in LISTS.items() if not listed.is_searched}
    assert lacking == list_exceptions.NOT_SEARCHED.keys()


def test_every_list_can_be_narrowed_unless_it_was_reviewed() -> None:
    lacking = {name for name, listed in LISTS.items() if not listed.filters}
    assert lacking == list_exceptions.NOT_FILTERED.keys()


def test_every_list_can_be_saved_unless_it_was_reviewed(app: FastAPI) -> None:
    served = {operation.path for operation in operations(app).values()}
    lacking = {name for name, listed in LISTS.items() if listed.export not in served}
    assert lacking == list_exceptions.NOT_EXPORTED.keys()


def test_the_description_names_both_ways_of_each_order(app: FastAPI) -> None:
    """So that a generated client is typed."""
    paths = app.openapi()["paths"]
    for listed in LISTS.values():
        parameters = paths[listed.operation.path]["get"]["parameters"]
        (sort,) = [found["schema"] for found in parameters if found["name"] == "sort"]
        assert sort["default"] in sort["enum"]
        keys = [name for name in sort["enum"] if not name.startswith("-")]
        assert keys
        assert set(sort["enum"]) == {*keys, *(f"-{key}" for key in keys)}
