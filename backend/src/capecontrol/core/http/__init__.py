"""HTTP: the route contract, access, problems, idempotency, limits. Features import from here what routes need."""

from capecontrol.core.http.access import authenticated, optional, public, requires, requires_units
from capecontrol.core.http.body import (
    Email,
    Line,
    MoneyBody,
    Paragraph,
    RequestBody,
    ResponseBody,
)
from capecontrol.core.http.path import PathId
from capecontrol.core.http.provided import provided
from capecontrol.core.http.router import Router

__all__ = [
    "Email",
    "Line",
    "MoneyBody",
    "Paragraph",
    "PathId",
    "RequestBody",
    "ResponseBody",
    "Router",
    "authenticated",
    "optional",
    "provided",
    "public",
    "requires",
    "requires_units",
]
