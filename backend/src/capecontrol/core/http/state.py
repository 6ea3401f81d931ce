"""What the HTTP layer of a process holds, and how a request reaches it."""

from dataclasses import dataclass, field
from typing import Protocol, cast

from starlette.requests import Request

from capecontrol.core.actor import Actor, Origin
from capecontrol.core.db.scope import Scope
from capecontrol.core.http.csrf import CsrfTokens
from capecontrol.core.http.idempotency.twins import Twins
from capecontrol.core.http.limits import RateLimiter
from capecontrol.core.ports import Ports
from capecontrol.core.problems import Problem
from capecontrol.core.work import UnitOfWorkFactory


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody whose credential held.

    ``scope`` is what their units of work see; None where they must say each time which organization they mean.
    ``blocked_by`` refuses them everything but the routes that name its class (``while_blocked``).
    """

    actor: Actor
    scope: Scope | None
    blocked_by: Problem | None = None


class Authenticator(Protocol):
    """Tells who holds a bearer token. The identity feature implements it."""

    async def authenticate(self, token: str) -> Principal:
        """Return the holder of a live session's access token.

        Raises:
            Unauthenticated: the token, its session, its user or its organization does not hold (any more).
        """
        ...


@dataclass(frozen=True, slots=True)
class HttpState:
    """The HTTP layer's own collaborators."""

    factory: UnitOfWorkFactory
    ports: Ports
    authenticator: Authenticator
    csrf: CsrfTokens
    limiter: RateLimiter
    twins: Twins = field(default_factory=Twins)


def http_state(request: Request) -> HttpState:
    """Return the process's HTTP state."""
    return cast("HttpState", request.app.state.http)


def origin_of(request: Request) -> Origin:
    """Return where a request came from. The address is the peer's: the proxy in front is the server's business."""
    return Origin(
        request_id=request.scope.get("request_id", ""),
        ip_address=request.client.host if request.client else None,
        user_agent=(request.headers.get("user-agent") or "")[:400] or None,
    )
