"""Each surface writes every refusal in the form that its clients read, whoever refuses and wherever."""

import json
import re
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import Response

from capecontrol.core.http import Router, public
from capecontrol.core.http.permission_name import PLACEHOLDER
from capecontrol.core.http.router import SurfaceMistaken
from capecontrol.core.http.surface import BROWSER, MACHINE, OAUTH, OFREP, SCIM, surface_at
from capecontrol.core.permissions import Role
from capecontrol.main.features import permission_table
from tests.key_store import KeyStore
from tests.plain_http import send

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("path", "surface"),
    [
        ("/v1/flags", MACHINE),
        ("/v1", MACHINE),
        ("/v1/", MACHINE),
        ("/ofrep/v1/evaluate/flags", OFREP),
        ("/oauth2/token", OAUTH),
        ("/scim/v2/Users", SCIM),
        ("/api/v1/flags", BROWSER),
        ("/v10/flags", BROWSER),
        ("/V1/flags", BROWSER),
        ("/", BROWSER),
        ("", BROWSER),
    ],
)
def test_the_address_tells_the_surface(path: str, surface: object) -> None:
    assert surface_at(path) is surface


def test_a_path_on_another_surface_cannot_be_declared() -> None:
    for router, path in ((Router("x"), "/v1/x"), (Router("x", surface=MACHINE), "/api/x")):
        declare = router.get(path, operation_id="x", summary="X")

        async def route(_units: object = public()) -> None: ...

        with pytest.raises(SurfaceMistaken):
            declare(route)


async def _refused(surfaces: FastAPI, prefix: str, status: int, store: KeyStore) -> Response:
    """Provoke a refusal on the surface of a prefix."""
    key = store.issue()
    bodies: dict[str, tuple[str, str]] = {
        "/v1": ("/v1/probe/note", "application/json"),
        "/ofrep": ("/ofrep/v1/probe/beta", "application/json"),
        "/oauth2": ("/oauth2/probe", FORM),
        "/scim": ("/scim/v2/probe", "application/scim+json"),
    }
    path, kind = bodies[prefix]
    match status:
        case 400:
            content = b"a=1&" * 2_000 if kind == FORM else b"{"
            return await send(surfaces, "POST", path, key=key, content=content, headers={"Content-Type": kind})
        case 401:
            closed = {
                "/v1": "/v1/probe/flags",
                "/ofrep": "/ofrep/v1/probe/beta",
                "/oauth2": "/oauth2/probe/mine",
                "/scim": "/scim/v2/probe/mine",
            }[prefix]
            return await send(surfaces, "POST" if prefix == "/ofrep" else "GET", closed)
        case 404:
            return await send(surfaces, "GET", f"{prefix}/nowhere/at/all")
        case 405:
            return await send(surfaces, "DELETE", path)
        case 413:
            content = b"x" * 3_000_000
            return await send(surfaces, "POST", path, key=key, content=content, headers={"Content-Type": kind})
        case 415:
            return await send(surfaces, "POST", path, key=key, content=b"a", headers={"Content-Type": "text/plain"})
        case 422:
            content = b"unknown=1" if kind == FORM else b'{"unknown": "\\u0000"}'
            return await send(surfaces, "POST", path, key=key, content=content, headers={"Content-Type": kind})
        case _:
            broken = {
                "/v1": "/v1/probe/broken",
                "/ofrep": "/ofrep/v1/probe/broken",
                "/oauth2": "/oauth2/probe/broken",
                "/scim": "/scim/v2/probe/broken",
            }[prefix]
            return await send(surfaces, "POST" if prefix == "/ofrep" else "GET", broken)


async def test_machines_read_problem_documents(surfaces: FastAPI, store: KeyStore) -> None:
    for status in (400, 401, 404, 405, 413, 415, 422, 500):
        answer = await _refused(surfaces, "/v1", status, store)
        assert answer.headers["content-type"] == "application/problem+json"
        assert (answer.status_code, answer.json()["status"]) == (status, status)
        assert answer.json()["instance"] == answer.headers["x-request-id"]


#: RFC 6749, 5.2: 400 wherever the request itself is refused.
OAUTH_ERRORS = {
    400: (400, "invalid_request"),
    401: (401, "invalid_client"),
    404: (404, "invalid_request"),
    405: (405, "invalid_request"),
    413: (413, "invalid_request"),
    415: (415, "invalid_request"),
    422: (400, "invalid_request"),
    500: (500, "server_error"),
}


@pytest.mark.parametrize("status", OAUTH_ERRORS)
async def test_oauth_clients_read_oauth_errors(status: int, surfaces: FastAPI, store: KeyStore) -> None:
    answer = await _refused(surfaces, "/oauth2", status, store)
    body = answer.json()
    assert (answer.status_code, body["error"]) == OAUTH_ERRORS[status]
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert body.keys() == {"error", "error_description"}
    assert re.fullmatch(r"[\x20-\x21\x23-\x5b\x5d-\x7e]+", body["error_description"])


async def test_oauth_challenges_with_the_scheme_that_was_tried(surfaces: FastAPI) -> None:
    for header, challenge, error in (
        (None, 'Basic realm="oauth2"', "invalid_client"),
        ("Basic YTpi", 'Basic realm="oauth2"', "invalid_client"),
        ("Bearer abc", 'Bearer error="invalid_token"', "invalid_token"),
    ):
        headers = {} if header is None else {"Authorization": header}
        answer = await send(surfaces, "GET", "/oauth2/probe/mine", headers=headers)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, challenge)
        assert answer.json()["error"] == error


async def test_oauth_names_the_refused_parameters(surfaces: FastAPI, store: KeyStore) -> None:
    described = (await _refused(surfaces, "/oauth2", 422, store)).json()["error_description"]
    assert "/grant_type: This field is required." in described
    assert "/unknown" in described


#: OFREP 0.3: clients know 400, 401, 403, 404, 429, 500; a missing ``errorDetails`` makes some of them lose the code.
OFREP_ERRORS = {
    400: (400, "PARSE_ERROR"),
    401: (401, "GENERAL"),
    404: (404, "GENERAL"),
    405: (405, "GENERAL"),
    413: (413, "GENERAL"),
    415: (415, "GENERAL"),
    422: (400, "GENERAL"),
    500: (500, "GENERAL"),
}


@pytest.mark.parametrize("status", OFREP_ERRORS)
async def test_openfeature_clients_read_evaluation_errors(status: int, surfaces: FastAPI, store: KeyStore) -> None:
    answer = await _refused(surfaces, "/ofrep", status, store)
    body = answer.json()
    assert (answer.status_code, body["errorCode"]) == OFREP_ERRORS[status]
    assert answer.headers["content-type"] == "application/json"
    assert body["errorDetails"]
    assert body.keys() <= {"key", "errorCode", "errorDetails"}


async def test_a_flag_that_was_asked_for_is_named(surfaces: FastAPI, store: KeyStore) -> None:
    path, kind = "/ofrep/v1/probe/beta", {"Content-Type": "application/json"}
    for content, code in ((b"{", "PARSE_ERROR"), (b'{"context": 7}', "INVALID_CONTEXT")):
        answer = await send(surfaces, "POST", path, key=store.issue(), content=content, headers=kind)
        assert (answer.status_code, answer.json()["key"], answer.json()["errorCode"]) == (400, "beta", code)


SCIM_ERRORS = {
    400: (400, "invalidSyntax"),
    401: (401, None),
    404: (404, None),
    405: (405, None),
    413: (413, None),
    415: (415, None),
    422: (400, "invalidValue"),
    500: (500, None),
}


@pytest.mark.parametrize("status", SCIM_ERRORS)
async def test_directories_read_scim_errors(status: int, surfaces: FastAPI, store: KeyStore) -> None:
    answer = await _refused(surfaces, "/scim", status, store)
    body = answer.json()
    assert (answer.status_code, body.get("scimType")) == SCIM_ERRORS[status]
    assert answer.headers["content-type"] == "application/scim+json"
    assert body["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
    assert body["status"] == str(answer.status_code)
    assert body["detail"]


@pytest.mark.parametrize("kind", ["application/scim+json", "application/json", "application/scim+json; charset=utf-8"])
async def test_directories_may_send_either_name_for_json(kind: str, surfaces: FastAPI) -> None:
    content = json.dumps({"text": "hello"}).encode()
    answer = await send(surfaces, "POST", "/scim/v2/probe", content=content, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["said"]) == (200, "hello")


async def test_a_wrong_method_names_the_right_ones_on_every_surface(surfaces: FastAPI, store: KeyStore) -> None:
    for prefix in ("/v1", "/ofrep", "/oauth2", "/scim"):
        assert (await _refused(surfaces, prefix, 405, store)).headers["allow"] == "OPTIONS, POST"


async def test_the_inside_stays_inside_on_every_surface(surfaces: FastAPI, store: KeyStore) -> None:
    for prefix in ("/v1", "/ofrep", "/oauth2", "/scim"):
        assert "secret" not in (await _refused(surfaces, prefix, 500, store)).text


async def test_unknown_addresses_of_the_product_are_refused_in_the_surfaces_form(app: FastAPI) -> None:
    """Also where no route of a surface exists yet."""
    members: dict[str, set[str]] = {
        "/api/nowhere": {"type", "title", "status", "detail", "instance"},
        "/v1/nowhere": {"type", "title", "status", "detail", "instance"},
        "/ofrep/v1/nowhere": {"errorCode", "errorDetails"},
        "/oauth2/nowhere": {"error", "error_description"},
        "/scim/v2/nowhere": {"schemas", "status", "detail"},
    }
    for path, expected in members.items():
        answer = await send(app, "GET", path)
        assert (answer.status_code, set(answer.json())) == (404, expected)


def test_the_document_tells_credentials_and_errors_by_surface(app: FastAPI) -> None:
    document: dict[str, Any] = app.openapi()
    operations = {
        operation["operationId"]: operation for path in document["paths"].values() for operation in path.values()
    }
    assert operations["get_whoami"]["security"] == [{"key": []}, {"keyHeader": []}]
    assert operations["get_me"]["security"] == [{"session": []}]
    assert operations["logout"]["security"] == [{"session": []}, {"refreshCookie": []}, {}]
    assert operations["refresh_session"]["security"] == [{"refreshCookie": []}, {}]
    assert operations["login"]["security"] == operations["get_version"]["security"] == []
    used = {name for one in operations.values() for way in one.get("security", ()) for name in way}
    assert document["components"]["securitySchemes"].keys() == used


def test_the_document_names_every_permission_that_somebody_holds(app: FastAPI) -> None:
    """The front end's types are made of it: for what is not named there no page can ask."""
    schemas = app.openapi()["components"]["schemas"]
    named = schemas["Permission"]["enum"]
    assert schemas["MeOut"]["properties"]["permissions"]["items"] == {"$ref": "#/components/schemas/Permission"}
    assert PLACEHOLDER["format"] not in str(schemas)
    table = permission_table()
    held = {permission for role in Role for permission in table.of(role)}
    assert held
    assert sorted(held) == named
