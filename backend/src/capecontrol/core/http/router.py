"""The route contract: the order of refusal, idempotency, and an OpenAPI entry that reads well.

401 (who are you) → 415/413/400 (the envelope) → 403 (permission, what blocks the caller, CSRF) → 404 → 422 → 409 …

The first three are settled here, before FastAPI looks at parameters; 404 comes from dependencies that look objects up,
which FastAPI runs before it validates the body.
"""

import json
from collections.abc import Callable, Coroutine, Iterator, Sequence
from typing import Any, TypeVar

import structlog
from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from capecontrol.core.audit import Outcome
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.http.access import Access, RequiresUnit, units_of
from capecontrol.core.http.csrf import SAFE_METHODS, CsrfFailed
from capecontrol.core.http.idempotency import KeyClaim, Replay
from capecontrol.core.http.state import HttpState, Principal, http_state, origin_of
from capecontrol.core.problems import (
    Forbidden,
    Invalid,
    Malformed,
    NotFound,
    Problem,
    TooLarge,
    TooManyRequests,
    Unauthenticated,
    UnsupportedMedia,
)
from capecontrol.core.work import UnitOfWork

log = structlog.get_logger("http")
F = TypeVar("F", bound=Callable[..., Any])

#: Deeper JSON than this is nobody's business data, and recursive readers choke on it.
DEPTH_MAX = 64


class AccessUndeclared(TypeError):
    """A route does not say who may call it: a programming error, found when the application is built."""


def _accesses(dependant: Dependant) -> Iterator[Access]:
    for dependency in dependant.dependencies:
        if isinstance(dependency.call, Access):
            yield dependency.call
        yield from _accesses(dependency)


class ContractRoute(APIRoute):
    """A route that holds the contract."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """Read who may call the route from its signature.

        Raises:
            AccessUndeclared: it does not say.
        """
        super().__init__(path, endpoint, **options)
        self.accesses = list(dict.fromkeys(_accesses(self.dependant)))
        if not self.accesses:
            raise AccessUndeclared(f"{path}: no requires(), optional() or public() in the signature")

    @property
    def permissions(self) -> list[str]:
        """Return the permissions that a caller must hold, all of them; none for a public route."""
        return [str(access.permission) for access in self.accesses if access.permission is not None]

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return FastAPI's handler behind the gate."""
        handle = super().get_route_handler()

        async def contract(request: Request) -> Response:
            state = http_state(request)
            principal = await self._authenticate(request, state)
            request.scope["principal"] = principal
            await self._check_envelope(request)
            await self._authorize(request, state, principal)
            claim = await self._claim(request, state, principal)
            request.scope["idempotency"] = claim
            try:
                if claim is None:
                    return await handle(request)
                if self.has_own_unit:
                    return await _in_one_unit(request, claim, handle)
                return await _in_phases(request, claim, handle)
            except Replay as replay:
                return replay.response

        return contract

    @property
    def has_own_unit(self) -> bool:
        """Tell whether the route class opens the request's one unit of work."""
        return any(isinstance(access, RequiresUnit) for access in self.accesses)

    async def _claim(self, request: Request, state: HttpState, principal: Principal | None) -> KeyClaim | None:
        if request.method != "POST" or not all(access.takes_key for access in self.accesses):
            return None
        caller = str(principal.actor.id) if principal else f"address:{origin_of(request).ip_address or 'unknown'}"
        return await KeyClaim.read(request, caller, state.factory.keyring)

    async def _authenticate(self, request: Request, state: HttpState) -> Principal | None:
        for access in self.accesses:
            if access.limit is not None:
                await state.limiter.hit(access.limit, origin_of(request).ip_address or "unknown")
        demanded = any(access.permission is not None for access in self.accesses)
        offered = any(access.is_optional for access in self.accesses) and "authorization" in request.headers
        if not demanded and not offered:
            return None
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Unauthenticated()
        return await state.authenticator.authenticate(token.strip())

    async def _check_envelope(self, request: Request) -> None:
        if any(ord(character) < 32 or ord(character) == 127 for character in request.url.path):
            raise NotFound()
        for name, value in request.query_params.multi_items():
            if any(ord(character) < 32 or ord(character) == 127 for character in name + value):
                raise Malformed("The query contains control characters.")
        if self.body_field is None:
            return
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = await request.body()
        if kind != "application/json" and (body or kind):
            raise UnsupportedMedia("Send application/json.")
        if body:
            _read_json(body)

    async def _authorize(self, request: Request, state: HttpState, principal: Principal | None) -> None:
        for access in self.accesses:
            if access.permission is None or principal is None:
                continue
            if not principal.actor.can(access.permission):
                await self._record_denial(request, state, principal)
                raise Forbidden()
            if principal.blocked_by is not None and not access.while_blocked:
                raise principal.blocked_by
        if request.method not in SAFE_METHODS and any(access.checks_csrf for access in self.accesses):
            state.csrf.check(request)

    async def _record_denial(self, request: Request, state: HttpState, principal: Principal) -> None:
        """Record the blocked attempt in a transaction of its own: the request's would be rolled back."""
        scope = PlatformScope("http: record a blocked attempt")
        async with state.factory.unit(principal.actor, scope, origin_of(request)) as work:
            await work.record(
                "access.denied",
                resource=("operation", self.operation_id or self.name),
                org_id=principal.actor.org_id,
                outcome=Outcome.DENIED,
            )


Handler = Callable[[Request], Coroutine[Any, Any, Response]]


async def _in_one_unit(request: Request, claim: KeyClaim, handle: Handler) -> Response:
    response = await handle(request)
    work: UnitOfWork | None = request.scope.get("work")
    # Still inside the unit of work: it is committed when the function-scoped dependencies end, after this returns and
    # before the first byte is sent.
    if work is not None and response.status_code < 300:
        await claim.answer(work, response)
    return response


async def _in_phases(request: Request, claim: KeyClaim, handle: Handler) -> Response:
    units = units_of(request)
    async with claim.phases(units):
        response = await handle(request)
    await claim.answer_phases(units, response)
    return response


def _read_json(body: bytes) -> None:
    def constant(name: str) -> None:
        raise ValueError(f"{name} is not JSON")

    try:
        value = json.loads(body.decode("utf-8"), parse_constant=constant)
    except (ValueError, RecursionError) as error:
        raise Malformed("The body is not valid JSON.") from error
    if _depth(value) > DEPTH_MAX:
        raise Malformed(f"The body is nested more than {DEPTH_MAX} levels deep.")


def _depth(value: object) -> int:
    level, layer = 0, [value]
    while layer and level <= DEPTH_MAX:
        level += 1
        layer = [
            child
            for node in layer
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
    return level


class Router:
    """Collects a feature's routes. Every operation has a summary, a name for generated clients, and its problems."""

    def __init__(self, tag: str) -> None:
        """Take the tag under which the reference lists the operations."""
        self.api = APIRouter(tags=[tag], route_class=ContractRoute)

    def get(self, path: str, **options: Any) -> Callable[[F], F]:
        """Declare a GET."""
        return self._declare("GET", path, **options)

    def post(self, path: str, **options: Any) -> Callable[[F], F]:
        """Declare a POST."""
        return self._declare("POST", path, **options)

    def put(self, path: str, **options: Any) -> Callable[[F], F]:
        """Declare a PUT."""
        return self._declare("PUT", path, **options)

    def patch(self, path: str, **options: Any) -> Callable[[F], F]:
        """Declare a PATCH."""
        return self._declare("PATCH", path, **options)

    def delete(self, path: str, **options: Any) -> Callable[[F], F]:
        """Declare a DELETE."""
        return self._declare("DELETE", path, **options)

    def _declare(
        self,
        method: str,
        path: str,
        *,
        operation_id: str,
        summary: str,
        problems: Sequence[type[Problem]] = (),
        status_code: int = 200,
        responses: dict[int | str, dict[str, Any]] | None = None,
        **options: Any,
    ) -> Callable[[F], F]:
        def decorate(function: F) -> F:
            self.api.add_api_route(
                path,
                function,
                methods=[method],
                operation_id=operation_id,
                name=operation_id,
                summary=summary,
                status_code=status_code,
                responses={**_documented(self.api, path, function, method, problems), **(responses or {})},
                **options,
            )
            return function

        return decorate


def _documented(
    api: APIRouter, path: str, function: Callable[..., Any], method: str, problems: Sequence[type[Problem]]
) -> dict[int | str, dict[str, Any]]:
    """Return the refusals that an operation can give, told from its signature and its list."""
    probe = ContractRoute(path, function, methods=[method], response_model=None)
    kinds: list[type[Problem]] = list(problems)
    accesses = probe.accesses
    if any(access.permission is not None or access.is_optional for access in accesses):
        kinds.append(Unauthenticated)
    if any(access.permission is not None for access in accesses):
        kinds.append(Forbidden)
    if any(access.limit is not None for access in accesses):
        kinds.append(TooManyRequests)
    if method not in SAFE_METHODS and any(access.checks_csrf for access in accesses):
        kinds.append(CsrfFailed)
    kinds.append(Malformed)
    if probe.body_field is not None:
        kinds += [UnsupportedMedia, TooLarge, Invalid]
    if probe.dependant.query_params or any(d.query_params for d in probe.dependant.dependencies) or method == "POST":
        kinds.append(Invalid)
    if "{" in path:
        kinds.append(NotFound)
    by_status: dict[int, list[type[Problem]]] = {}
    for kind in dict.fromkeys(kinds):
        by_status.setdefault(kind.status, []).append(kind)
    return {
        status: {
            "description": " · ".join(dict.fromkeys(kind.title for kind in group)),
            "content": {
                "application/problem+json": {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "examples": {
                        kind.slug: {"value": {"type": kind.slug, "title": kind.title, "status": status}}
                        for kind in group
                    },
                }
            },
        }
        for status, group in sorted(by_status.items())
    }
