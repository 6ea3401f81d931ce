"""What the OpenAPI document says of an operation beyond its signature: its refusals, its credentials, its headers."""

from collections.abc import Iterable, Sequence
from typing import Any

from capecontrol.core.http.csrf import COOKIES, SAFE_METHODS, CsrfFailed
from capecontrol.core.http.formats import ErrorFormat
from capecontrol.core.http.idempotency.claim import KEY_MAX
from capecontrol.core.http.idempotency.errors import KeyInUse, KeyReused
from capecontrol.core.http.route import ContractRoute
from capecontrol.core.problems import (
    Forbidden,
    Invalid,
    Malformed,
    NotFound,
    Problem,
    TimedOut,
    TooLarge,
    TooManyRequests,
    Unavailable,
    UnsupportedMedia,
)

#: What many operations take in their headers, by the names of the document's shared parameters. The CSRF pair is no
#: security scheme: it says nothing of who calls, and generated clients would ask for a token where one signs in.
PARAMETERS: dict[str, dict[str, Any]] = {
    "CsrfHeader": {
        "name": "X-CSRF-Token",
        "in": "header",
        "required": False,
        "schema": {"type": "string"},
        "description": "The token of `GET /api/auth/csrf`, the same as in the cookie `csrftoken`. Without the pair the "
        "answer is 403. `X-CSRFToken` and `X-XSRF-TOKEN` do as well.",
    },
    "CsrfCookie": {
        "name": COOKIES[0],
        "in": "cookie",
        "required": False,
        "schema": {"type": "string"},
        "description": "The cookie that `GET /api/auth/csrf` sets. "
        f"Other names: {', '.join(f'`{name}`' for name in COOKIES[1:])}.",
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "schema": {"type": "string", "minLength": 1, "maxLength": KEY_MAX, "pattern": "^[ -~]+$"},
        "description": "A new UUID for each new request. When you repeat a request with the same key and body within "
        "24 hours, you get the first answer again and nothing is done twice.",
    },
}


def refusals_of(
    route: ContractRoute, method: str, problems: Sequence[type[Problem]]
) -> dict[int | str, dict[str, Any]]:
    """Return the refusals that an operation can give, told from its signature and its list."""
    return _written(route.surface.errors, dict.fromkeys(_kinds(route, method, problems)))


def described(route: ContractRoute, method: str) -> dict[str, Any]:
    """Return what FastAPI cannot tell of an operation: credentials, shared parameters, and a body that it reads itself.

    An operation for anybody says so with an empty list; to say nothing would leave it open.
    """
    # Any one of the surface's schemes; the empty requirement says that none will do, too.
    schemes = route.surface.credential.schemes if route.gate.takes_caller else {}
    security: list[dict[str, list[str]]] = [{name: []} for name in schemes]
    if schemes and not route.gate.demands_caller:
        security.append({})
    told: dict[str, Any] = {"security": security}
    if names := list(_shared_parameters(route, method)):
        told["parameters"] = [{"$ref": f"#/components/parameters/{name}"} for name in names]
    if route.envelope.is_required:
        media_types = dict.fromkeys(one.media_types[0] for one in route.envelope.body_types)
        told["requestBody"] = {"required": True, "content": {name: {"schema": {}} for name in media_types}}
    return told


def reference_to(errors: ErrorFormat) -> dict[str, str]:
    """Return the reference to the schema of an error format."""
    return {"$ref": f"#/components/schemas/{errors.name}"}


def timed_out(errors: ErrorFormat) -> tuple[str, dict[str, Any]]:
    """Return the status and the response of an operation whose body did not come."""
    ((status, response),) = _written(errors, [TimedOut]).items()
    return str(status), response


def _shared_parameters(route: ContractRoute, method: str) -> Iterable[str]:
    if _checks_csrf(route, method):
        yield from ("CsrfHeader", "CsrfCookie")
    if _takes_key(route, method):
        yield "IdempotencyKey"


def _checks_csrf(route: ContractRoute, method: str) -> bool:
    return method not in SAFE_METHODS and route.gate.checks_csrf


def _takes_key(route: ContractRoute, method: str) -> bool:
    return method == "POST" and route.takes_key


def _kinds(route: ContractRoute, method: str, problems: Sequence[type[Problem]]) -> list[type[Problem]]:
    gate, kinds = route.gate, list(problems)
    if gate.takes_caller:
        kinds.append(route.surface.credential.refusal)
    if gate.demands_caller:
        kinds.append(Forbidden)
    if gate.is_counted:
        kinds.append(TooManyRequests)
    if _checks_csrf(route, method):
        kinds.append(CsrfFailed)
    # Whatever an operation takes, it refuses a query that is too long, and what a query may not hold.
    kinds += [Malformed, Invalid]
    if route.envelope.body_types:
        kinds += [UnsupportedMedia, TooLarge]
    if _takes_key(route, method):
        kinds += [KeyReused, KeyInUse]
    if "{" in route.path:
        kinds.append(NotFound)
    if gate.takes_caller or method not in SAFE_METHODS:
        # What reads for anybody may do without the database, and says so itself where it does not.
        kinds.append(Unavailable)
    return kinds


def _written(errors: ErrorFormat, kinds: Iterable[type[Problem]]) -> dict[int | str, dict[str, Any]]:
    by_status: dict[int, list[type[Problem]]] = {}
    for kind in kinds:
        by_status.setdefault(errors.status(kind), []).append(kind)
    return {
        status: {
            "description": " · ".join(dict.fromkeys(kind.title for kind in group)),
            "content": {
                errors.media_type: {
                    "schema": reference_to(errors),
                    "examples": {kind.slug: {"value": errors.example(kind)} for kind in group},
                }
            },
        }
        for status, group in sorted(by_status.items())
    }
