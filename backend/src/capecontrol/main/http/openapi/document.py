"""Builds the document from an application's routes."""

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from capecontrol.core.http.bulk_kind_name import PLACEHOLDER as OF_BULK_KINDS
from capecontrol.core.http.document import PARAMETERS, timed_out
from capecontrol.core.http.formats import ErrorFormat
from capecontrol.core.http.permission_name import PLACEHOLDER as OF_PERMISSIONS
from capecontrol.core.http.surface import surface_at
from capecontrol.features.identity.cookies import REFRESH_SCHEME
from capecontrol.main.http.openapi.examples import add_example, read_examples
from capecontrol.main.http.openapi.headers import HEADERS, add_headers
from capecontrol.main.http.openapi.sharing import share_refusals
from capecontrol.main.http.openapi.tags import TAGS

#: FastAPI's words for every good answer.
_UNSAID = "Successful Response"

DESCRIPTION = """
The control plane and client portal of a business that sells automation and SaaS.

**Signing in.** `GET /api/auth/csrf`, then `POST /api/auth/login`; send the access token as `Authorization: Bearer`.
Every POST, PUT, PATCH and DELETE of `/api/*` needs the CSRF pair, before and after signing in: the cookie `csrftoken`
and the same token in the header `X-CSRF-Token`. Managed apps call `/v1/*` with an API key and need no pair.

**Errors** are RFC 9457 problem documents with a stable `type`. Each operation lists every status that it can answer; a
500, which is none of them, is a fault of ours in the same form.

**Repeating a request.** A POST that creates something takes an `Idempotency-Key`. An edit takes `If-Match` with the
`ETag` of what you read, and answers 412 if someone has changed it since.

**Limits.** Requests are counted by person, key and organization, and by address where nobody is known; operations may
have limits of their own. Every answer to a counted request carries `RateLimit-Policy` and `RateLimit`; a 429 carries
`Retry-After`, too, and so does a 503 that will pass.

**Methods and queries.** Every GET answers HEAD, and every path answers OPTIONS with `Allow`. A query parameter that an
operation doesn't know is refused by name (422).

**Formats.** Times are RFC 3339 in UTC, money is an integer of minor units with its currency, tax rates are per cent as
decimal strings. Examples are recorded from the tests.
"""


def build_openapi(app: FastAPI, *, permissions: Iterable[str], bulk_kinds: Iterable[str]) -> dict[str, Any]:
    """Return the document of an application's routes, with the permissions and bulk operations of its features."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=DESCRIPTION.strip(),
        routes=app.routes,
        servers=[{"url": "/"}],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    used = {tag for methods in document["paths"].values() for one in methods.values() for tag in one["tags"]}
    document["tags"] = [{"name": name, "description": meaning} for name, meaning in TAGS.items() if name in used]
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    _refer(schemas, OF_PERMISSIONS, "Permission")
    schemas["Permission"] = _enumeration("Permission", "What somebody may do.", permissions)
    _refer(schemas, OF_BULK_KINDS, "BulkKind")
    schemas["BulkKind"] = _enumeration("BulkKind", "What can be done to many items at once.", bulk_kinds)
    components["parameters"] = PARAMETERS
    components["securitySchemes"] = schemes = dict(REFRESH_SCHEME)
    operations, examples = [], read_examples()
    for path, methods in document["paths"].items():
        surface = surface_at(path)
        schemas[surface.errors.name] = surface.errors.schema
        schemes.update(surface.credential.schemes)
        for operation in methods.values():
            _mend(operation, surface.errors)
            _describe_success(operation, schemas)
            add_headers(operation, add_example(operation, examples))
            operations.append(operation)
    components["headers"] = {name: HEADERS[name] for name in HEADERS if name in _carried(operations)}
    components["responses"] = share_refusals(operations)
    return document


def _carried(operations: Iterable[dict[str, Any]]) -> set[str]:
    """Return the names of the headers that any answer carries."""
    return {
        name for operation in operations for response in operation["responses"].values() for name in response["headers"]
    }


def _mend(operation: dict[str, Any], errors: ErrorFormat) -> None:
    responses = operation["responses"]
    generated = responses.get("422", {}).get("content", {}).get("application/json", {}).get("schema", {})
    if generated.get("$ref", "").endswith("HTTPValidationError"):
        # Added by FastAPI wherever there is a parameter; a path that does not parse answers 404 here.
        del responses["422"]
    for response in responses.values():
        for content in response.get("content", {}).values():
            if content.get("schema", {}).keys() & {"$ref", "oneOf"}:
                # FastAPI calls every answer a text that is not JSON, also one that has a schema.
                content["schema"].pop("type", None)
    if "requestBody" in operation:
        # Told from the document, since some operations read their bodies raw.
        status, response = timed_out(errors)
        responses.setdefault(status, response)


def _describe_success(operation: dict[str, Any], schemas: Mapping[str, Any]) -> None:
    """Say what a good answer is, in the first sentence of its body's description, where the route does not."""
    for response in operation["responses"].values():
        if response["description"] != _UNSAID:
            continue
        (content,) = response.get("content", {"": {}}).values()
        name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
        told = schemas.get(name, {}).get("description") or ("A page of the list." if name else "Done.")
        response["description"] = told.partition("\n")[0]


def _enumeration(title: str, meaning: str, names: Iterable[str]) -> dict[str, Any]:
    return {
        "type": "string",
        "title": title,
        "description": f"{meaning} A later release may know more: pass over what you do not know.",
        # Plain text: validators of JSON know no other class of it.
        "enum": sorted(str(name) for name in names),
    }


def _refer(schema: Any, placeholder: Mapping[str, str], name: str) -> None:
    """Refer to an enumeration wherever a schema has the placeholder of its names."""
    if isinstance(schema, dict):
        if schema.items() >= placeholder.items():
            schema.clear()
            schema["$ref"] = f"#/components/schemas/{name}"
        for member in schema.values():
            _refer(member, placeholder, name)
    elif isinstance(schema, list):
        for member in schema:
            _refer(member, placeholder, name)
