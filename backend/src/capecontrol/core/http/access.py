"""Access: each route says in its signature who may call it, and gets its unit of work by saying so.

``requires(permission)``        the caller's unit of work, committed before the response is sent
``requires_units(permission)``  a way to open units, for actions in phases (network, bcrypt)
``optional()``                  the units of a caller who may be signed in
``public()``                    the units of anybody

The route class (``router``) reads these to check credentials, role and CSRF before the body is validated.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request

from capecontrol.core.actor import Actor
from capecontrol.core.http.idempotency import KeyClaim
from capecontrol.core.http.limits import Limit
from capecontrol.core.http.state import Principal, http_state, origin_of
from capecontrol.core.permissions import Permission
from capecontrol.core.work import UnitOfWork, Units


def _principal(request: Request) -> Principal | None:
    principal: Principal | None = request.scope.get("principal")
    return principal


async def open_unit(request: Request) -> AsyncIterator[UnitOfWork]:
    """Open the request's one unit of work. It ends before the response leaves (function scope)."""
    state, principal = http_state(request), _principal(request)
    if principal is None or principal.scope is None:
        raise LookupError("a unit of work was asked for without a caller who has a scope")
    async with state.factory.unit(principal.actor, principal.scope, origin_of(request)) as work:
        claim: KeyClaim | None = request.scope.get("idempotency")
        if claim is not None:
            await claim.claim(work)
        request.scope["work"] = work
        yield work


def units_of(request: Request) -> Units:
    """Return what opens units of work for a request's caller, who may be anonymous."""
    state, principal = http_state(request), _principal(request)
    actor, scope = (principal.actor, principal.scope) if principal else (Actor.anonymous(), None)
    claim: KeyClaim | None = request.scope.get("idempotency")
    units = Units(state.factory, actor, scope, origin_of(request))
    if claim is None:
        return units
    return replace(units, operation_id=claim.operation_id, is_repeat=claim.is_repeat)


@dataclass(frozen=True, slots=True)
class Access:
    """What a route demands of its caller."""

    permission: Permission | None = None
    is_optional: bool = False
    checks_csrf: bool = True
    while_blocked: bool = False
    limit: Limit | None = None
    takes_key: bool = True


@dataclass(frozen=True, slots=True)
class RequiresUnit(Access):
    """A permission, and the request's unit of work."""

    async def __call__(self, work: Annotated[UnitOfWork, Depends(open_unit, scope="function")]) -> UnitOfWork:
        """Return the one unit of the request: two parameters that require it share it."""
        return work


@dataclass(frozen=True, slots=True)
class RequiresUnits(Access):
    """A permission or none, and units that the action opens itself."""

    async def __call__(self, request: Request) -> Units:
        """Return what opens them."""
        return units_of(request)


def requires(permission: Permission, *, while_blocked: bool = False) -> Any:
    """Demand a permission and give the request's unit of work, in the caller's scope.

    Args:
        permission: what the caller must hold.
        while_blocked: whether it is open to a caller whom something else keeps out of the application.
    """
    return Depends(RequiresUnit(permission=permission, while_blocked=while_blocked), scope="function")


def requires_units(permission: Permission, *, while_blocked: bool = False) -> Any:
    """Demand a permission and give the caller's ``Units``, for actions with the outside between two transactions."""
    return Depends(RequiresUnits(permission=permission, while_blocked=while_blocked), scope="function")


def optional(*, takes_key: bool = True) -> Any:
    """Give the ``Units`` of a caller who may or may not be signed in; a credential that is sent must hold.

    Args:
        takes_key: see ``public``.
    """
    return Depends(RequiresUnits(is_optional=True, while_blocked=True, takes_key=takes_key), scope="function")


def public(*, csrf: bool = True, limit: Limit | None = None, takes_key: bool = True) -> Any:
    """Give the ``Units`` of anybody.

    Args:
        csrf: whether unsafe methods need the token pair; only signed webhooks do without.
        limit: a rate limit per address.
        takes_key: whether a POST obeys an ``Idempotency-Key``. What answers tokens of a session does not, nor does what
            uses a one-time token up, nor what has ids of its own to tell repetitions by (webhooks).
    """
    return Depends(RequiresUnits(checks_csrf=csrf, limit=limit, takes_key=takes_key), scope="function")
