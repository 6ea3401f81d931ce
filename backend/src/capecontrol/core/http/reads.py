"""Bodies that a route reads itself, because they come in several forms or because each item is judged alone."""

from dataclasses import dataclass
from typing import Any

from fastapi import Depends
from starlette.requests import Request

from capecontrol.core.http.body_types import ITEMS_MAX, BodyType
from capecontrol.core.http.payload import Payload
from capecontrol.core.http.request_state import request_state

#: As many members as a full batch of generous items has. Nobody makes an error of each: items are judged one by one.
BATCH_MEMBERS_MAX = ITEMS_MAX * 50


@dataclass(frozen=True, slots=True)
class Reads:
    """The forms that a route takes, told in its signature; the route class reads this before the route runs."""

    body_types: tuple[BodyType, ...]
    takes_gzip: bool = False
    members_max: int = BATCH_MEMBERS_MAX

    async def __call__(self, request: Request) -> Payload:
        """Return the body as the envelope read it."""
        read = request_state(request).payload
        if read is None:
            raise LookupError("a payload was asked for before the envelope was open")
        return read


def payload(*body_types: BodyType, gzip: bool = False) -> Any:
    """Return the dependency that gives a body in one of several forms.

    ``sent: Annotated[Payload, payload(JSON, NDJSON, gzip=True)]``

    Args:
        body_types: what is taken; the first that matches reads the body.
        gzip: whether it may come compressed; the limit of size holds for what it becomes.
    """
    return Depends(Reads(body_types, takes_gzip=gzip))
