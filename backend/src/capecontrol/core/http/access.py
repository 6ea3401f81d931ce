"""Access: each route says in its signature who may call it, and gets its unit of work by saying so.

``requires(permission)``        the caller's unit of work, committed before the response is sent
``requires_units(permission)``  a way to open units, for actions in phases (network, bcrypt)
``optional()``                  a visit whose caller may be signed in
``public()``                    a visit of anybody

The route class (``router``) reads these to check credentials, role and CSRF before the body is validated.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends
from pydantic import BaseModel
from starlette.requests import Request

from capecontrol.core.actor import Actor, Origin
from capecontrol.core.db.scope import OrganizationScope, PlatformScope, Scope
from capecontrol.core.http.idempotency import KeyClaim
from capecontrol.core.http.limits import Limit
from capecontrol.core.http.state import Principal, http_state, origin_of
from capecontrol.core.permissions import Permission
from capecontrol.core.work import UnitOfWork, Units


def scope_of(actor: Actor) -> Scope | None:
    """Return what an actor may see: its organization; for staff the platform; for a stranger nothing."""
    if actor.role is None:
        return None
    if actor.org_id is not None:
        return OrganizationScope(actor.org_id)
    return PlatformScope(f"staff: {actor.role}")


def _principal(request: Request) -> Principal | None:
    principal: Principal | None = request.scope.get("principal")
    return principal


async def open_unit(request: Request) -> AsyncIterator[UnitOfWork]:
    """Open the request's one unit of work. It ends before the response leaves (function scope)."""
    state, principal = http_state(request), _principal(request)
    if principal is None or (scope := scope_of(principal.actor)) is None:
        raise LookupError("a unit of work was asked for without a caller")
    async with state.factory.unit(principal.actor, scope, origin_of(request)) as work:
        claim: KeyClaim | None = request.scope.get("idempotency")
        if claim is not None:
            await claim.claim(work)
        request.scope["work"] = work
        yield work


@dataclass(frozen=True, slots=True)
class Visit:
    """A request whose route opens its own units of work."""

    units: Units
    origin: Origin
    actor: Actor
    claim: KeyClaim | None

    def open(self, scope: Scope | None = None) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a unit in the caller's scope, or in a given one."""
        return self.units.open(scope)

    @asynccontextmanager
    async def once(self, scope: Scope | None = None, *, actor: Actor | None = None) -> AsyncIterator[UnitOfWork]:
        """Open the unit that makes the thing: the one that the Idempotency-Key guards. ``keep`` its answer."""
        async with self.units.open(scope, actor=actor) as work:
            if self.claim is not None:
                await self.claim.claim(work)
            yield work

    async def replay(self, work: UnitOfWork) -> None:
        """Answer a repeated request from the record, before a phase that would refuse it.

        Raises:
            Replay: it was answered before (the route class sends that answer).
        """
        if self.claim is not None:
            await self.claim.replay(work)

    async def keep(self, work: UnitOfWork, status: int, answer: BaseModel) -> None:
        """Store the answer for a repetition of the request, in the unit that made the thing."""
        if self.claim is not None:
            await self.claim.keep(work, status, answer.model_dump_json())


@dataclass(frozen=True, slots=True)
class Access:
    """What a route demands of its caller."""

    permission: Permission | None = None
    is_optional: bool = False
    checks_csrf: bool = True
    before_onboarding: bool = False
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class RequiresUnit(Access):
    """A permission, and the request's unit of work."""

    async def __call__(self, work: Annotated[UnitOfWork, Depends(open_unit, scope="function")]) -> UnitOfWork:
        """Return the one unit of the request: two parameters that require it share it."""
        return work


@dataclass(frozen=True, slots=True)
class RequiresVisit(Access):
    """A permission or none, and units that the route opens itself."""

    async def __call__(self, request: Request) -> Visit:
        """Return the visit."""
        state, principal = http_state(request), _principal(request)
        actor = principal.actor if principal else Actor.anonymous()
        origin = origin_of(request)
        return Visit(
            units=Units(state.factory, actor, scope_of(actor), origin),
            origin=origin,
            actor=actor,
            claim=request.scope.get("idempotency"),
        )


def requires(permission: Permission, *, before_onboarding: bool = False) -> Any:
    """Demand a permission and give the request's unit of work, in the caller's scope.

    Args:
        permission: what the caller's role must hold.
        before_onboarding: whether a client may call it before the onboarding is done.
    """
    return Depends(RequiresUnit(permission=permission, before_onboarding=before_onboarding), scope="function")


def requires_units(permission: Permission, *, before_onboarding: bool = False) -> Any:
    """Demand a permission and give a ``Visit``, for actions with the outside between two transactions."""
    return Depends(RequiresVisit(permission=permission, before_onboarding=before_onboarding), scope="function")


def optional() -> Any:
    """Give a ``Visit`` whose caller may or may not be signed in; a credential that is sent must hold."""
    return Depends(RequiresVisit(is_optional=True, before_onboarding=True), scope="function")


def public(*, csrf: bool = True, limit: Limit | None = None) -> Any:
    """Give a ``Visit`` of anybody.

    Args:
        csrf: whether unsafe methods need the token pair; only signed webhooks do without.
        limit: a rate limit per address.
    """
    return Depends(RequiresVisit(checks_csrf=csrf, limit=limit), scope="function")
