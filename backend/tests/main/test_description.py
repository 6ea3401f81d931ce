"""The description of the API: what every operation may answer is said of every operation."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

Operation = tuple[str, dict[str, Any]]


def _operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def _resolved(document: dict[str, Any], response: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = response
    if "$ref" in response:
        found = document["components"]["responses"][response["$ref"].rpartition("/")[2]]
    return found


def test_every_operation_is_counted_and_says_how_a_refusal_tells_it(app: FastAPI) -> None:
    document = app.openapi()
    assert len(list(_operations(document))) > 70
    counted = {name: one for name, one in _operations(document) if name != "GET /api/health"}
    for name, operation in counted.items():
        assert "429" in operation["responses"], name
        refused = _resolved(document, operation["responses"]["429"])
        assert refused["headers"].keys() == {"RateLimit", "RateLimit-Policy", "Retry-After"}, name
        (content,) = refused["content"].values()
        assert "rate-limited" in content["examples"], name
    assert "429" not in document["paths"]["/api/health"]["get"]["responses"]


def test_what_takes_a_body_says_that_it_may_come_too_slowly(app: FastAPI) -> None:
    document = app.openapi()
    for name, operation in _operations(document):
        assert ("408" in operation["responses"]) == ("requestBody" in operation), name


def test_a_refusal_in_words_of_its_own_keeps_them(app: FastAPI) -> None:
    refused = app.openapi()["paths"]["/api/auth/login"]["post"]["responses"]["429"]
    assert refused["content"]["application/problem+json"]["examples"].keys() == {"auth/locked", "rate-limited"}


def test_a_generated_client_knows_where_it_sends_a_file(app: FastAPI) -> None:
    document = app.openapi()
    forms = [
        operation["requestBody"]["content"]["multipart/form-data"]["schema"]["$ref"].rpartition("/")[2]
        for path in document["paths"].values()
        for operation in path.values()
        if "multipart/form-data" in operation.get("requestBody", {}).get("content", {})
    ]
    assert forms
    for form in forms:
        assert document["components"]["schemas"][form]["properties"]["file"]["format"] == "binary"
