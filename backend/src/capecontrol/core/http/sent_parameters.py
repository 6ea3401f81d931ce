"""Handlers of a route by the parameters of its query that a request sends.

FastAPI looks at the type of each parameter anew for each request, sent or not; a list has eight, and most requests send
one of them. A parameter that is not sent has the default of its signature, which Python itself fills in.
"""

import inspect
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from typing import Any

from fastapi.dependencies.models import Dependant
from starlette.requests import Request
from starlette.responses import Response

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
#: For how many combinations a route keeps a handler; a request that sends yet another one is served by the whole.
COMBINATIONS_MAX = 32


class SentParameters:
    """The handlers of one route, each made when its combination is first sent."""

    def __init__(self, dependant: Dependant, build: Callable[[Dependant], Handler]) -> None:
        """Take what the route's signature asks for, and what makes a handler of that or of a part of it."""
        self._dependant = dependant
        self._build = build
        self._whole = build(dependant)
        self._optional = frozenset(_optional(dependant))
        self._handlers: dict[frozenset[str], Handler] = {}

    def handler(self, request: Request) -> Handler:
        """Return the handler for what a request sends."""
        if not self._optional:
            return self._whole
        sent = self._optional.intersection(request.query_params)
        if (known := self._handlers.get(sent)) is not None:
            return known
        if len(self._handlers) >= COMBINATIONS_MAX:
            return self._whole
        handler = self._handlers[sent] = self._build(_without(self._dependant, self._optional - sent))
        return handler


def _optional(dependant: Dependant) -> Iterator[str]:
    """Yield the names of the parameters that a signature has a default for."""
    if dependant.query_params and dependant.call is not None:
        signature = inspect.signature(dependant.call).parameters
        for field in dependant.query_params:
            if signature[field.name].default is not inspect.Parameter.empty:
                yield field.alias
    for dependency in dependant.dependencies:
        yield from _optional(dependency)


def _without(dependant: Dependant, names: frozenset[str]) -> Dependant:
    return replace(
        dependant,
        query_params=[field for field in dependant.query_params if field.alias not in names],
        dependencies=[_without(dependency, names) for dependency in dependant.dependencies],
    )
