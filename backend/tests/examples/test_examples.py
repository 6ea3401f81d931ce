"""Every operation has an example of a request and its answer in the API's description, and answers as it says."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from fastapi import FastAPI
from jsonschema import Draft202012Validator

from tests.examples import files
from tests.examples.recorder import Recorder
from tests.key_store import KeyStore
from tests.security.callers import Callers
from tests.security.conftest import callers, empty, fake_services, store, world
from tests.security.rows import EVERY_ROW
from tests.security.served_lists import fill_lists
from tests.security.world import World

__all__ = ["callers", "empty", "fake_services", "store", "world"]

#: ``make generate`` sets it: then what is missing or has another shape is written.
IS_RECORDED = bool(os.environ.get("EXAMPLES_RECORD"))
#: Those of the local run are described nowhere else; PayFast's two only refuse.
NAMES = [name for name, row in EVERY_ROW.items() if row.fuzz is not None and not row.never_succeeds]


@pytest.fixture(scope="module")
async def recorder(app: FastAPI, world: World, callers: Callers, store: KeyStore) -> Recorder:
    """A recorder in a world in which no list is empty."""
    calls = await fill_lists(world, await callers.get("OPE", "OPE"), 2)
    return Recorder(app, world, callers, store, calls)


@pytest.fixture(scope="module")
def described(app: FastAPI) -> Mapping[str, dict[str, Any]]:
    """Each operation, as the document describes it."""
    paths = app.openapi()["paths"].values()
    return {operation["operationId"]: operation for path in paths for operation in path.values()}


def test_no_example_is_left_of_an_operation_that_is_gone() -> None:
    gone = files.names() - set(NAMES)
    if IS_RECORDED:
        for name in gone:
            files.forget(name)
    assert files.names() - set(NAMES) == set()


@pytest.mark.parametrize("name", NAMES)
async def test_an_operation_answers_as_its_example_says(name: str, recorder: Recorder) -> None:
    live = await recorder.record(name)
    if IS_RECORDED:
        files.write(name, live)
    assert files.read(name).differences(live) == []


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_shown_and_is_as_its_schemas_say(
    name: str, app: FastAPI, described: Mapping[str, dict[str, Any]]
) -> None:
    example, operation = files.read(name), described[name]
    assert ("requestBody" in operation) == (example.body is not None), "an example of a body is missing, or too much"
    shown = [
        (operation.get("requestBody"), example.body),
        (operation["responses"][str(example.status)], example.answer),
    ]
    for holder, value in shown:
        for content in _content_of(holder, value):
            assert content["example"] == value
            # Its references lead to the components, which therefore stand beside them.
            validator = Draft202012Validator({**content["schema"], "components": app.openapi()["components"]})
            assert [error.message for error in validator.iter_errors(value)] == []


def _content_of(holder: Mapping[str, Any] | None, value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the media types of a body; there are some if and only if it has an example."""
    content = (holder or {}).get("content", {})
    assert bool(content) == (value is not None), "an example is missing, or too much"
    yield from content.values()
