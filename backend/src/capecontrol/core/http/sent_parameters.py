"""Handlers of a route by the parameters of its query that a request sends.

FastAPI looks at the type of each parameter anew for each request, sent or not; a list has eight, and most requests send
one of them. A parameter that is not sent has the default of its signature, which Python itself fills in.

A query that holds what no operation or this one does not take is looked at by FastAPI nevertheless, so that everything
that is wrong with a request is told at once, and in its order: a thing that is not there comes first.
"""

import inspect
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import replace
from enum import Enum
from functools import cached_property
from typing import Any

from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import Response

from capecontrol.core.http.known_parameters import KnownParameters, Mistake, is_model

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
#: For how many combinations a route keeps a handler; a request that sends yet another one is served by the whole.
COMBINATIONS_MAX = 32


class SentParameters:
    """The handlers of one route, each made when its combination is first sent."""

    def __init__(self, path: str, dependant: Dependant, build: Callable[[Dependant], Handler]) -> None:
        """Take the address, what the signature asks for, and what makes a handler of that or of a part of it."""
        self._dependant = dependant
        self._build = build
        self._whole = build(dependant)
        found = list(_parameters(dependant))
        self._known = KnownParameters(path, dependant)
        self._optional = frozenset(name for name, _ in found) - {name for name, is_plain in found if not is_plain}
        self._handlers: dict[frozenset[str], Handler] = {}

    def handler(self, request: Request) -> Handler:
        """Return the handler for what a request sends."""
        if mistakes := self._known.mistakes(request):
            return self._refusing(mistakes)
        if not self._optional:
            return self._whole
        sent = self._optional.intersection(request.query_params)
        if (known := self._handlers.get(sent)) is not None:
            return known
        if len(self._handlers) >= COMBINATIONS_MAX:
            return self._whole
        handler = self._handlers[sent] = self._build(_without(self._dependant, self._optional - sent))
        return handler

    @cached_property
    def _looking(self) -> Handler:
        """What looks at a request as the route would, and does nothing."""
        return self._build(replace(self._dependant, call=_do_nothing))

    def _refusing(self, mistakes: Sequence[Mistake]) -> Handler:
        """Return what refuses a request for these mistakes, and for those that FastAPI finds besides."""

        async def refuse(request: Request) -> Response:
            found: Sequence[Mistake] = ()
            try:
                await self._looking(request)
            except RequestValidationError as refused:
                found = refused.errors()
            raise RequestValidationError([*mistakes, *found])

        return refuse


async def _do_nothing(**_values: object) -> Response:
    return Response()


def _parameters(dependant: Dependant) -> Iterator[tuple[str, bool]]:
    """Yield the parameters of a signature, and whether each has a plain default and goes by one name.

    What has none, is read by another name, is a model of several parameters, or may be changed by whoever gets it, is
    FastAPI's to look at: also where another part of the signature has a default for the same name.
    """
    if dependant.query_params and dependant.call is not None:
        signature = inspect.signature(dependant.call).parameters
        for field in dependant.query_params:
            default, info = signature[field.name].default, field.field_info
            is_plain = default is None or isinstance(default, str | int | float | Enum)
            is_one = info.validation_alias in (None, field.alias) and not is_model(info.annotation)
            yield field.alias, is_plain and is_one
    for dependency in dependant.dependencies:
        yield from _parameters(dependency)


def _without(dependant: Dependant, names: frozenset[str]) -> Dependant:
    return replace(
        dependant,
        query_params=[field for field in dependant.query_params if field.alias not in names],
        dependencies=[_without(dependency, names) for dependency in dependant.dependencies],
    )
