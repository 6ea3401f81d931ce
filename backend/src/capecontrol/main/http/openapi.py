"""The OpenAPI document: FastAPI's, with our problems in place of its own validation error."""

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from capecontrol.core.http.bulk_kind_name import PLACEHOLDER as OF_BULK_KINDS
from capecontrol.core.http.document import common_refusals, reference_to
from capecontrol.core.http.formats import ErrorFormat
from capecontrol.core.http.permission_name import PLACEHOLDER as OF_PERMISSIONS
from capecontrol.core.http.surface import surface_at
from capecontrol.core.problems import TimedOut
from capecontrol.main.features import bulk_kinds, permission_table

DESCRIPTION = """
The control plane and client portal of a business that sells automation and SaaS.

Errors are RFC 9457 problem documents with a stable `type`. Unsafe methods of `/api/*` need the CSRF pair of
`GET /api/auth/csrf`. A POST that makes something takes an `Idempotency-Key`.

Requests are counted by person, key and organization, and by address where nobody is known; operations may have limits
of their own. Every answer to a counted request, good or bad, carries `RateLimit-Policy` and `RateLimit`; a 429 carries
`Retry-After`, too, and so does a 503 that will pass.
"""

HEADERS = {
    "RateLimit-Policy": {
        "description": "The limit of which least is left: its name, how many at once, and in how many seconds so many "
        "come back (draft-ietf-httpapi-ratelimit-headers).",
        "schema": {"type": "string", "examples": ['"people";q=200;w=10']},
    },
    "RateLimit": {
        "description": "What is left of it, and in how many seconds it is whole again; with 429, when to come back.",
        "schema": {"type": "string", "examples": ['"people";r=196;t=1']},
    },
    "Retry-After": {
        "description": "With 429, and with a 503 that will pass: in how many seconds to come back.",
        "schema": {"type": "integer", "minimum": 1},
    },
}


class DocumentedApp(FastAPI):
    """An application whose document is ours.

    FastAPI's own ``openapi()`` writes its plain document again whenever routes were added since it last wrote one, so
    setting ``openapi_schema`` once does not last.
    """

    def openapi(self) -> dict[str, Any]:
        """Return the document, written once: all routes are there before the first request."""
        if self.openapi_schema is None:
            self.openapi_schema = build_openapi(
                self, permissions=permission_table().names, bulk_kinds=bulk_kinds().by_name
            )
        return self.openapi_schema


def build_openapi(app: FastAPI, *, permissions: Iterable[str], bulk_kinds: Iterable[str]) -> dict[str, Any]:
    """Return the document of an application's routes, with the permissions and bulk operations of its features."""
    document = get_openapi(
        title=app.title, version=app.version, description=DESCRIPTION.strip(), routes=app.routes, servers=[{"url": "/"}]
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    _refer(schemas, OF_PERMISSIONS, "Permission")
    schemas["Permission"] = _enumeration("Permission", "What somebody may do.", permissions)
    _refer(schemas, OF_BULK_KINDS, "BulkKind")
    schemas["BulkKind"] = _enumeration("BulkKind", "What can be done to many items at once.", bulk_kinds)
    document["components"]["headers"] = HEADERS
    responses = document["components"].setdefault("responses", {})
    schemes = document["components"].setdefault("securitySchemes", {})
    for path, operations in document["paths"].items():
        surface = surface_at(path)
        schemas[surface.errors.name] = surface.errors.schema
        responses[surface.errors.name] = _refusal(surface.errors)
        common = common_refusals(surface.errors)
        responses |= {name: _with_headers(one) for name, one in common.items()}
        schemes.update(surface.credential.schemes)
        for operation in operations.values():
            _mend(operation, surface.errors)
            _share(operation, surface.errors, common)
    return document


def _mend(operation: dict[str, Any], errors: ErrorFormat) -> None:
    responses = operation.get("responses", {})
    generated = responses.get("422", {}).get("content", {}).get("application/json", {}).get("schema", {})
    if generated.get("$ref", "").endswith("HTTPValidationError"):
        # Added by FastAPI wherever there is a parameter; a path that does not parse answers 404 here.
        del responses["422"]
    for response in responses.values():
        for content in response.get("content", {}).values():
            if content.get("schema", {}).keys() & {"$ref", "oneOf"}:
                # FastAPI calls every answer a text that is not JSON, also one that has a schema.
                content["schema"].pop("type", None)
    responses.setdefault("default", {"$ref": f"#/components/responses/{errors.name}"})


def _share(operation: dict[str, Any], errors: ErrorFormat, common: Mapping[str, dict[str, Any]]) -> None:
    """Refer to what many operations answer alike; a 429 in words of its own tells the headers itself."""
    responses = operation.get("responses", {})
    if "requestBody" in operation:
        # Told from the document, since some operations read their bodies raw.
        responses.setdefault(str(errors.status(TimedOut)), common[f"{errors.name}{TimedOut.__name__}"])
    for status, response in responses.items():
        if name := next((name for name, one in common.items() if one == response), None):
            responses[status] = {"$ref": f"#/components/responses/{name}"}
        elif status == "429":
            responses[status] = _with_headers(response)


def _refusal(errors: ErrorFormat) -> dict[str, Any]:
    return _with_headers(
        {"description": "A problem.", "content": {errors.media_type: {"schema": reference_to(errors)}}}
    )


def _with_headers(response: dict[str, Any]) -> dict[str, Any]:
    return response | {"headers": {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}}


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
