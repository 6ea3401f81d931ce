"""The headers of answers: what each is, and which answers carry it."""

from collections.abc import Iterator, Mapping
from typing import Any

#: By name, for the document's shared headers.
HEADERS: dict[str, dict[str, Any]] = {
    "X-Request-ID": {
        "description": "The ID of the request: yours if you sent a well-formed one, otherwise a new one. "
        "Quote it when you contact support.",
        "required": True,
        "schema": {"type": "string", "examples": ["019aae6b-7c1e-7d3a-9f52-3b1c8e0a4d21"]},
    },
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
        "description": "In how many seconds to try again.",
        "schema": {"type": "integer", "minimum": 1},
    },
    "WWW-Authenticate": {
        "description": "How to show who you are (RFC 9110, 11.6.1).",
        "required": True,
        "schema": {"type": "string", "examples": ["Bearer"]},
    },
    "ETag": {
        "description": "The revision of what is shown. Send it as `If-Match` with a change, or as `If-None-Match` to "
        "files that are kept.",
        "required": True,
        "schema": {"type": "string", "examples": ['"7"']},
    },
    "Location": {
        "description": "The path of what was created.",
        "required": True,
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "Set-Cookie": {
        "description": "A cookie: `csrftoken` or `refresh_token`.",
        "required": True,
        "schema": {"type": "string"},
    },
    "X-CSRF-Token": {
        "description": "The CSRF token, the same as in the body and in the cookie.",
        "required": True,
        "schema": {"type": "string"},
    },
    "Content-Disposition": {
        "description": "The name under which to save the file.",
        "required": True,
        "schema": {"type": "string", "examples": ['attachment; filename="INV-2026-0042.pdf"']},
    },
    "Idempotent-Replayed": {
        "description": "`true` if this is the first answer again, because the `Idempotency-Key` was used before.",
        "schema": {"type": "string", "const": "true"},
    },
}
#: What only some answers carry: an operation's example tells.
OF_EXAMPLES = ("ETag", "Location", "Set-Cookie", "X-CSRF-Token", "Content-Disposition")
_RATE_LIMIT = ("RateLimit-Policy", "RateLimit")
_KEY = {"$ref": "#/components/parameters/IdempotencyKey"}
_KEY_IN_USE = "request/idempotency-key-in-use"


def add_headers(operation: dict[str, Any], of_example: Mapping[str, list[str]]) -> None:
    """Say of each response of an operation which headers it carries.

    Args:
        operation: the operation.
        of_example: by status, the headers that its example has.
    """
    responses = operation["responses"]
    takes_key, is_counted = _KEY in operation.get("parameters", ()), "429" in responses
    for status, response in responses.items():
        names = [
            "X-Request-ID",
            *response.get("headers", ()),
            *of_example.get(status, ()),
            *_of_status(status, response),
        ]
        if is_counted:
            names += _RATE_LIMIT
        if takes_key and status.startswith("2"):
            names.append("Idempotent-Replayed")
        response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _of_status(status: str, response: Mapping[str, Any]) -> Iterator[str]:
    if status == "304":
        yield "ETag"
    if status == "401":
        yield "WWW-Authenticate"
    slugs = {slug for content in response.get("content", {}).values() for slug in content.get("examples", ())}
    if slugs and (status in ("429", "503") or _KEY_IN_USE in slugs):
        yield "Retry-After"
