"""What the OpenAPI document says of an operation beyond its signature: its refusals, and its credentials."""

from collections.abc import Iterable, Sequence
from typing import Any

from capecontrol.core.http.csrf import SAFE_METHODS, CsrfFailed
from capecontrol.core.http.formats import ErrorFormat
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
    UnsupportedMedia,
)


def refusals_of(
    route: ContractRoute, method: str, problems: Sequence[type[Problem]]
) -> dict[int | str, dict[str, Any]]:
    """Return the refusals that an operation can give, told from its signature and its list."""
    return _written(route.surface.errors, dict.fromkeys(_kinds(route, method, problems)))


def described(route: ContractRoute) -> dict[str, Any]:
    """Return what FastAPI cannot tell of an operation: its credentials, and a body that it reads itself."""
    told: dict[str, Any] = {}
    if route.gate.takes_caller:
        # Any one of the surface's schemes; the empty requirement says that none will do, too.
        told["security"] = [{name: []} for name in route.surface.credential.schemes]
        if not route.gate.demands_caller:
            told["security"].append({})
    if route.envelope.is_required:
        names = dict.fromkeys(one.media_types[0] for one in route.envelope.body_types)
        told["requestBody"] = {"required": True, "content": {name: {"schema": {}} for name in names}}
    return told


def common_refusals(errors: ErrorFormat) -> dict[str, dict[str, Any]]:
    """Return the refusals that most operations give in the same words, by the names of shared responses."""
    return {
        f"{errors.name}{kind.__name__}": response
        for kind in (TimedOut, TooManyRequests)
        for response in _written(errors, [kind]).values()
    }


def reference_to(errors: ErrorFormat) -> dict[str, str]:
    """Return the reference to the schema of an error format."""
    return {"$ref": f"#/components/schemas/{errors.name}"}


def _kinds(route: ContractRoute, method: str, problems: Sequence[type[Problem]]) -> list[type[Problem]]:
    gate, kinds = route.gate, list(problems)
    if gate.takes_caller:
        kinds.append(route.surface.credential.refusal)
    if gate.demands_caller:
        kinds.append(Forbidden)
    if gate.is_counted:
        kinds.append(TooManyRequests)
    if method not in SAFE_METHODS and gate.checks_csrf:
        kinds.append(CsrfFailed)
    kinds.append(Malformed)
    if route.envelope.body_types:
        kinds += [UnsupportedMedia, TooLarge, Invalid]
    parameters = [route.dependant, *route.dependant.dependencies]
    if any(one.query_params for one in parameters) or method == "POST":
        kinds.append(Invalid)
    if "{" in route.path:
        kinds.append(NotFound)
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
