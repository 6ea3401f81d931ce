"""Ports in routes."""

from typing import Any, TypeVar

from fastapi import Depends
from starlette.requests import Request

from capecontrol.core.http.state import http_state

P = TypeVar("P")


def provided(port: type[P]) -> Any:
    """Return the dependency that resolves to this process's implementation of a port.

    ``gateway: Annotated[PaymentGateway, provided(PaymentGateway)]``
    """

    # Not a plain function: FastAPI runs those in a thread.
    async def resolve(request: Request) -> P:
        return http_state(request).ports.get(port)

    return Depends(resolve)
