"""Every list sorts and finds: what one lacks stands in one reviewed file."""

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant

from capecontrol.core.lists.pagination import Page
from tests.features import list_exceptions
from tests.security.served import Operation, operations


def _lists(app: FastAPI) -> list[Operation]:
    return [one for one in operations(app).values() if _is_page(one.route.response_model)]


def _is_page(model: object) -> bool:
    return isinstance(model, type) and issubclass(model, Page)


def _parameters(dependant: Dependant) -> dict[str, object]:
    found: dict[str, object] = {field.alias: field.field_info for field in dependant.query_params}
    for dependency in dependant.dependencies:
        found |= _parameters(dependency)
    return found


def test_every_list_sorts_and_may_go_uncounted(app: FastAPI) -> None:
    lists = _lists(app)
    assert len(lists) >= 12
    wanted = {"sort", "total", "cursor", "page", "limit"}
    assert [one.id for one in lists if not wanted <= _parameters(one.route.dependant).keys()] == []


def test_every_list_finds_words_unless_it_was_reviewed(app: FastAPI) -> None:
    lacking = {one.id for one in _lists(app) if "q" not in _parameters(one.route.dependant)}
    assert lacking == list_exceptions.NOT_SEARCHED.keys()


def test_the_description_names_both_ways_of_each_order(app: FastAPI) -> None:
    """So that a generated client is typed."""
    paths = app.openapi()["paths"]
    for one in _lists(app):
        (sort,) = [found["schema"] for found in paths[one.path]["get"]["parameters"] if found["name"] == "sort"]
        assert sort["default"] in sort["enum"]
        keys = [name for name in sort["enum"] if not name.startswith("-")]
        assert keys
        assert set(sort["enum"]) == {*keys, *(f"-{key}" for key in keys)}
