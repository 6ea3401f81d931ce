"""Access: each route says in its signature who may call it, and gets its unit of work by saying so.

``requires(permission)``        the caller's unit of work, committed before the response is sent
``requires_units(permission)``  a way to open units, for actions in phases (network, bcrypt)
``optional()``                  the units of a caller who may be signed in
``authenticated()``             the units of any caller whose credential holds, whatever they may do
``public()``                    the units of anybody

The route class (``route``) reads these to check credentials, permissions, limits and CSRF before the body is
validated.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from fastapi import Depends
from starlette.requests import Request

from capecontrol.core.actor import Actor
from capecontrol.core.http.limits import Limit
from capecontrol.core.http.request_state import request_state
from capecontrol.core.http.state import http_state
from capecontrol.core.permissions import Permission
from capecontrol.core.problems import Forbidden, Problem
from capecontrol.core.work import UnitOfWork, Units


class ConfirmationRequired(Forbidden):
    """The act asks for the password again (``POST /api/auth/confirm``); then it can be repeated."""

    slug: ClassVar[str] = "auth/confirmation-required"
    title: ClassVar[str] = "Confirm it's you"


class OrganizationNotNamed(Forbidden):
    """The caller is not of one organization, and the route cannot be told which one is meant."""

    slug: ClassVar[str] = "auth/organization-not-named"
    title: ClassVar[str] = "This request needs a key for a single organization"


def units_of(request: Request) -> Units:
    """Return what opens units of work for a request's caller, who may be anonymous."""
    state, factory = request_state(request), http_state(request).factory
    actor, scope = (state.principal.actor, state.principal.scope) if state.principal else (Actor.anonymous(), None)
    if state.claim is None:
        return Units(factory, actor, scope, state.origin)
    return Units(factory, actor, scope, state.origin, state.claim.operation_id, state.claim.is_repeat)


#: Classes of ``Principal.blocked_by``.
Blockers = tuple[type[Problem], ...]


@dataclass(frozen=True, slots=True)
class Access:
    """What a route demands of its caller."""

    permission: Permission | None = None
    is_authenticated: bool = False
    is_optional: bool = False
    checks_csrf: bool = True
    while_blocked: Blockers = ()
    limits: tuple[Limit, ...] = ()
    takes_key: bool = True
    counts_strangers: bool = True
    asks_confirmation: bool = False

    @property
    def demands_caller(self) -> bool:
        """Tell whether nobody may call the route without a credential."""
        return self.permission is not None or self.is_authenticated


@dataclass(frozen=True, slots=True)
class RequiresUnit(Access):
    """A permission, and the request's unit of work."""

    async def __call__(self, request: Request) -> UnitOfWork:
        """Return the one unit of the request, which the route class opened and commits."""
        work = request_state(request).work
        if work is None:
            raise LookupError("a unit of work was asked for before there was a caller")
        return work


@dataclass(frozen=True, slots=True)
class RequiresUnits(Access):
    """A permission or none, and units that the action opens itself."""

    async def __call__(self, request: Request) -> Units:
        """Return what opens them."""
        return units_of(request)


#: What a marker takes as ``limit``.
Limits = Limit | tuple[Limit, ...]


def _each(limit: Limits) -> tuple[Limit, ...]:
    return limit if isinstance(limit, tuple) else (limit,)


def requires(
    permission: Permission, *, while_blocked: Blockers = (), limit: Limits = (), confirmed: bool = False
) -> Any:
    """Demand a permission and give the request's unit of work, in the caller's scope.

    Args:
        permission: what the caller must hold.
        while_blocked: what may keep a caller out elsewhere (``Principal.blocked_by``) and not here, by its class.
        limit: one rate limit or several.
        confirmed: whether the caller must have typed the password within the last minutes.
    """
    access = RequiresUnit(permission, while_blocked=while_blocked, limits=_each(limit), asks_confirmation=confirmed)
    return Depends(access, scope="function")


def requires_units(
    permission: Permission, *, while_blocked: Blockers = (), limit: Limits = (), confirmed: bool = False
) -> Any:
    """Demand a permission and give the caller's ``Units``, for actions with the outside between two transactions.

    Args:
        permission, while_blocked, limit, confirmed: see ``requires``.
    """
    access = RequiresUnits(permission, while_blocked=while_blocked, limits=_each(limit), asks_confirmation=confirmed)
    return Depends(access, scope="function")


async def confirmation(request: Request) -> Callable[[], None]:
    """Return what refuses a caller who did not type the password lately: for acts of which only some ask for it.

    What it returns raises:
        ConfirmationRequired: they did not.
    """

    def demand() -> None:
        principal = request_state(request).principal
        if principal is None or not principal.is_confirmed:
            raise ConfirmationRequired("Enter your password to continue.")

    return demand


def authenticated(*, while_blocked: Blockers = (), limit: Limits = (), takes_key: bool = True) -> Any:
    """Demand a credential that holds, and no permission, and give the caller's ``Units``.

    Args:
        while_blocked, limit: see ``requires``.
        takes_key: see ``public``.
    """
    access = RequiresUnits(is_authenticated=True, while_blocked=while_blocked, limits=_each(limit), takes_key=takes_key)
    return Depends(access, scope="function")


def optional(*, limit: Limits = (), takes_key: bool = True) -> Any:
    """Give the ``Units`` of a caller who may or may not be signed in; a credential that is sent must hold.

    Args:
        limit: see ``requires``.
        takes_key: see ``public``.
    """
    access = RequiresUnits(is_optional=True, limits=_each(limit), takes_key=takes_key)
    return Depends(access, scope="function")


def public(*, csrf: bool = True, limit: Limits = (), takes_key: bool = True, counts_strangers: bool = True) -> Any:
    """Give the ``Units`` of anybody.

    Args:
        csrf: whether unsafe methods need the token pair; only signed webhooks do without.
        limit: see ``requires``.
        takes_key: whether a POST obeys an ``Idempotency-Key``. What answers tokens of a session does not, nor does what
            uses a one-time token up, nor what has ids of its own to tell repetitions by (webhooks).
        counts_strangers: whether requests of nobody known are limited; only what asks nothing of anybody does without.
    """
    access = RequiresUnits(
        checks_csrf=csrf, limits=_each(limit), takes_key=takes_key, counts_strangers=counts_strangers
    )
    return Depends(access, scope="function")
