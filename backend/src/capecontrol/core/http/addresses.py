"""Addresses that several routes match: which of them is meant, and what may be done there."""

import re
from collections.abc import Iterable

from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from capecontrol.core.problems import MethodNotAllowed


def is_closer(form: str, other: str) -> bool:
    """Tell whether an address of both forms (``/workflows/{workflow_id}``) means the first.

    A word is meant before a name, from the left: ``/workflows/templates`` is no workflow.
    """
    steps, others = form.split("/"), other.split("/")
    if len(steps) != len(others):
        return False
    pairs = [(_is_name(one), _is_name(another)) for one, another in zip(steps, others, strict=True)]
    if any(
        not (is_name or is_other) and one != another
        for (is_name, is_other), one, another in zip(pairs, steps, others, strict=True)
    ):
        return False
    first = next(((is_name, is_other) for is_name, is_other in pairs if is_name != is_other), None)
    return first == (False, True)


def closer_forms(form: str, routes: Iterable[BaseRoute]) -> tuple[re.Pattern[str], ...]:
    """Return the forms of routes that are meant where their addresses have this form, too."""
    return tuple({one.path_regex for one in routes if isinstance(one, Route) and is_closer(one.path, form)})


def offer(scope: Scope) -> Response:
    """Return what OPTIONS is answered at an address.

    Raises:
        MethodNotAllowed: another method was asked for.
    """
    allow = {"Allow": _offered(scope)}
    if scope["method"] == "OPTIONS":
        return Response(status_code=204, headers=allow)
    refused = MethodNotAllowed()
    refused.headers.update(allow)
    raise refused


def _offered(scope: Scope) -> str:
    """Return the methods of all routes of an address: each operation is a route of its own."""
    methods = {
        method
        for route in scope["app"].routes
        if isinstance(route, Route) and route.matches(scope)[0] is not Match.NONE
        for method in route.methods or ()
    }
    if "GET" in methods:
        methods.add("HEAD")
    return ", ".join(sorted({*methods, "OPTIONS"}))


def _is_name(step: str) -> bool:
    return step.startswith("{")
