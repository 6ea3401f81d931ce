"""Counts a request for somebody, and notes where they stand with the limit: its answer tells."""

from starlette.requests import Request

from capecontrol.core.client_address import counted_network
from capecontrol.core.http.limits import Limit
from capecontrol.core.http.request_state import request_state
from capecontrol.core.http.state import http_state


async def count(request: Request, limit: Limit, subject: str) -> None:
    """Count a request for one subject of a limit.

    Raises:
        TooManyRequests: it is over the limit.
    """
    standing = await http_state(request).limiter.hit(limit, subject)
    if standing is not None:
        request_state(request).standings.append(standing)


async def count_source(request: Request, limit: Limit) -> None:
    """Count a request for the address that it came from, and for the network around that.

    Raises:
        TooManyRequests: one of them is over the limit.
    """
    source = request_state(request).origin.source
    await count(request, limit, source)
    standing = await http_state(request).limiter.hit_network(limit, counted_network(source))
    if standing is not None:
        request_state(request).standings.append(standing)
