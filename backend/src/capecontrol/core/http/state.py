"""What the HTTP layer of a process holds, and how a request reaches it."""

from dataclasses import dataclass, field
from typing import cast

from starlette.requests import Request

from capecontrol.core.http.blocked_attempts import BlockedAttempts
from capecontrol.core.http.csrf import CsrfTokens
from capecontrol.core.http.export_places import ExportPlaces
from capecontrol.core.http.idempotency.twins import Twins
from capecontrol.core.http.limits import RateLimiter
from capecontrol.core.http.principal import Authenticator
from capecontrol.core.path_objects import PathObjects
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory


@dataclass(frozen=True, slots=True)
class HttpState:
    """The HTTP layer's own collaborators."""

    factory: UnitOfWorkFactory
    ports: Ports
    authenticator: Authenticator
    csrf: CsrfTokens
    limiter: RateLimiter
    path_objects: PathObjects
    blocked_attempts: BlockedAttempts
    twins: Twins = field(default_factory=Twins)
    exports: ExportPlaces = field(default_factory=ExportPlaces)


def http_state(request: Request) -> HttpState:
    """Return the process's HTTP state."""
    return cast("HttpState", request.app.state.http)
