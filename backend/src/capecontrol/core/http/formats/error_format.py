"""A way to write errors.

A feature whose standard has codes of its own chooses one by the slug of its problem: ``oauth/invalid-grant`` is the
OAuth error ``invalid_grant``, ``ofrep/invalid-context`` is ``INVALID_CONTEXT``, ``scim/too-many`` is ``tooMany``.
"""

import json
from collections.abc import Mapping
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import Response

from capecontrol.core.problems import Invalid, Problem

Schema = Mapping[str, Any]


class ErrorFormat(Protocol):
    """A way to write errors: its name and schema in the OpenAPI document, its media type, its form."""

    @property
    def name(self) -> str:
        """Return the name of its schema."""
        ...

    @property
    def media_type(self) -> str:
        """Return the content type of its errors."""
        ...

    @property
    def schema(self) -> Schema:
        """Return the schema of its errors."""
        ...

    def status(self, problem: Problem | type[Problem]) -> int:
        """Return the HTTP status that tells a problem."""
        ...

    def example(self, problem: type[Problem]) -> dict[str, Any]:
        """Return what a problem looks like, for the OpenAPI document."""
        ...

    def write(self, request: Request, problem: Problem) -> Response:
        """Return the answer to a request that met a problem."""
        ...


def answer(body: Mapping[str, Any], status: int, problem: Problem, media_type: str, challenge: str) -> Response:
    """Return a response with a problem's headers, and with 401 a challenge."""
    headers = dict(problem.headers)
    if status == 401:
        headers["WWW-Authenticate"] = challenge
    return Response(json.dumps(body, ensure_ascii=False), status, headers, media_type=media_type)


def sentence_of(problem: Problem) -> str:
    """Return what happened, with the refused members, for formats that have no list of them."""
    if not isinstance(problem, Invalid) or not problem.errors:
        return problem.detail
    return " ".join(f"{error.pointer}: {error.detail}" for error in problem.errors)


def code_of(slug: str, area: str) -> str | None:
    """Return the code that a slug names, if it is one of an area."""
    return slug.removeprefix(f"{area}/") if slug.startswith(f"{area}/") else None
