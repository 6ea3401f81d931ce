"""The description of the API: what every operation may answer is said of every operation."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from jsonschema import Draft202012Validator

from capecontrol.cli.document import openapi_document
from capecontrol.main.http.openapi.tags import TAGS
from tests.security.rows import EVERY_ROW, ROWS
from tests.security.served import operations

Operation = tuple[str, dict[str, Any]]


def _operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def _slugs(document: dict[str, Any], response: dict[str, Any]) -> list[str]:
    return list(_examples(document, response))


def _examples(document: dict[str, Any], response: dict[str, Any]) -> dict[str, Any]:
    content = _resolved(document, response).get("content", {})
    return {slug: one for media in content.values() for slug, one in media.get("examples", {}).items()}


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
        assert refused["headers"].keys() == {"X-Request-ID", "RateLimit", "RateLimit-Policy", "Retry-After"}, name
        (content,) = refused["content"].values()
        assert "rate-limited" in content["examples"], name
    assert "429" not in document["paths"]["/api/health"]["get"]["responses"]


def test_what_takes_a_body_says_that_it_may_come_too_slowly_or_be_too_large(app: FastAPI) -> None:
    document = app.openapi()
    for name, operation in _operations(document):
        for status in ("408", "413"):
            assert (status in operation["responses"]) == ("requestBody" in operation), (name, status)


def test_every_operation_says_each_status_and_no_blanket_answer(app: FastAPI) -> None:
    """Nobody learns from `default` what an operation answers, and no test can fail against it."""
    for name, operation in _operations(app.openapi()):
        assert all(status.isdecimal() for status in operation["responses"]), name
        assert "500" not in operation["responses"], name


def test_every_operation_says_who_may_call_it(app: FastAPI) -> None:
    """Also one that anybody may call: to say nothing would leave it open."""
    document = app.openapi()
    open_to_all = {operation["operationId"] for _, operation in _operations(document) if operation["security"] == []}
    assert {"get_csrf_token", "register", "verify_email", "login", "view_shared_proposal"} <= open_to_all
    for name, operation in _operations(document):
        is_open = {} in operation["security"] or not operation["security"]
        assert is_open == (EVERY_ROW[operation["operationId"]].cells["non"] != 401), name


def test_whatever_changes_something_takes_the_csrf_pair(app: FastAPI) -> None:
    pair = [{"$ref": "#/components/parameters/CsrfHeader"}, {"$ref": "#/components/parameters/CsrfCookie"}]
    for operation in operations(app).values():
        if not operation.route.include_in_schema:
            continue
        described = app.openapi()["paths"][operation.path][operation.method.lower()]
        is_refused = ROWS[operation.id].cells["csr"] == 403
        assert [one for one in described.get("parameters", ()) if one in pair] == (pair if is_refused else [])


def test_a_post_that_takes_a_key_says_so(app: FastAPI) -> None:
    key = {"$ref": "#/components/parameters/IdempotencyKey"}
    document = app.openapi()
    keyed = {
        operation["operationId"] for _, operation in _operations(document) if key in operation.get("parameters", ())
    }
    posts = {name for name, one in operations(app).items() if one.method == "POST" and one.route.include_in_schema}
    assert keyed == {name for name in posts if not ROWS[name].keyless}
    for _, operation in _operations(document):
        if operation["operationId"] in keyed:
            slugs = {slug for status in ("409", "422") for slug in _slugs(document, operation["responses"][status])}
            assert {"request/idempotency-key-in-use", "request/idempotency-key-reused"} <= slugs


def test_each_answer_names_the_headers_of_its_status(app: FastAPI) -> None:
    document = app.openapi()
    for name, operation in _operations(document):
        for status, response in operation["responses"].items():
            headers = _resolved(document, response)["headers"].keys()
            assert "X-Request-ID" in headers, (name, status)
            assert ("WWW-Authenticate" in headers) == (status == "401"), (name, status)
            assert ("RateLimit" in headers) == (name != "GET /api/health"), (name, status)


def test_examples_of_problems_are_as_their_schema_says(app: FastAPI) -> None:
    document = app.openapi()
    validator = Draft202012Validator(document["components"]["schemas"]["Problem"])
    examples = [
        example["value"]
        for _, operation in _operations(document)
        for response in operation["responses"].values()
        for example in _examples(document, response).values()
    ]
    assert len(examples) > 800
    assert [error.message for example in examples for error in validator.iter_errors(example)] == []


def test_schemas_have_one_plain_name_each(app: FastAPI) -> None:
    """A module's path or FastAPI's "-Input" in a name becomes the name of a class in generated clients."""
    names = app.openapi()["components"]["schemas"]
    assert [name for name in names if "__" in name or name.endswith(("-Input", "-Output"))] == []


def test_times_of_answers_are_times(app: FastAPI) -> None:
    """Generated clients make them of the format."""
    schemas = app.openapi()["components"]["schemas"]
    times = {
        f"{name}.{member}": [one.get("format") for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
        for name, described in schemas.items()
        for member, schema in described.get("properties", {}).items()
        if member.endswith("_at") or member == "timestamp"
    }
    # What the build says of itself is a text of the one who builds.
    untold = {"VersionOut.built_at", "SystemOut.built_at"}
    assert untold <= times.keys()
    assert {name for name, formats in times.items() if formats != ["date-time"]} == untold


def test_every_chapter_of_the_reference_is_described(app: FastAPI) -> None:
    document = app.openapi()
    used = {tag for _, operation in _operations(document) for tag in operation["tags"]}
    assert {one["name"] for one in document["tags"] if one["description"]} == used == TAGS.keys()


def test_every_member_is_described() -> None:
    schemas = openapi_document()["components"]["schemas"]
    members = [
        (f"{name}.{member}", schema)
        for name, described in schemas.items()
        for member, schema in described.get("properties", {}).items()
    ]
    assert len(members) > 800
    # What is one other schema alone is described there.
    assert [name for name, schema in members if "$ref" not in schema and not schema.get("description")] == []


def test_answers_are_described_in_words_of_their_own(app: FastAPI) -> None:
    document = app.openapi()
    said = {
        _resolved(document, one)["description"]
        for _, path in _operations(document)
        for one in path["responses"].values()
    }
    assert said.isdisjoint({"", "Answer.", "Successful Response"})


def test_a_refusal_in_words_of_its_own_keeps_them(app: FastAPI) -> None:
    document = app.openapi()
    refused = document["paths"]["/api/auth/login"]["post"]["responses"]["429"]
    assert _slugs(document, refused) == ["auth/locked", "rate-limited"]


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
