"""What is known of one request while it travels: written where it becomes known, read by whoever comes later."""

from dataclasses import dataclass, field
from typing import cast

from starlette.requests import Request
from starlette.types import Scope

from capecontrol.core.actor import Origin
from capecontrol.core.http.body_bounds import BoundedBody
from capecontrol.core.http.idempotency.claim import KeyClaim
from capecontrol.core.http.limits import Standing
from capecontrol.core.http.payload import Payload
from capecontrol.core.http.principal import Principal, Shown
from capecontrol.core.work import UnitOfWork

_KEY = "capecontrol.request"


@dataclass(slots=True)
class RequestState:
    """One request's state.

    ``origin`` is known from the start, ``shown`` once a credential is read, ``payload`` once the envelope is open,
    ``principal`` once the caller is known,
    ``claim`` where the request carries an idempotency key, ``work`` where the route class opened its unit of work,
    ``is_stranger`` once it is counted as nobody's; ``standings`` grows by each limit that counts it.
    """

    origin: Origin
    body: BoundedBody
    shown: Shown | None = None
    payload: Payload | None = None
    principal: Principal | None = None
    claim: KeyClaim | None = None
    work: UnitOfWork | None = None
    is_stranger: bool = False
    standings: list[Standing] = field(default_factory=list)

    def attach(self, scope: Scope) -> None:
        """Put the state into the request's ASGI scope, where copies of the scope share it."""
        scope[_KEY] = self


def request_state(request: Request) -> RequestState:
    """Return the state of a request."""
    return cast("RequestState", request.scope[_KEY])


def request_id_of(scope: Scope) -> str:
    """Return the id of a request; empty for one that never passed our middleware."""
    state: RequestState | None = scope.get(_KEY)
    return state.origin.request_id if state else ""
