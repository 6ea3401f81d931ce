"""RFC 9457: problem documents."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from capecontrol.core.http.formats.error_format import Schema, answer
from capecontrol.core.http.request_state import request_id_of
from capecontrol.core.problems import Conflict, Invalid, Problem

#: Of the request in examples.
_REQUEST_ID = "019aae6b-7c1e-7d3a-9f52-3b1c8e0a4d21"


@dataclass(frozen=True, slots=True)
class ProblemDocument:
    """RFC 9457."""

    name: str = "Problem"
    media_type: str = "application/problem+json"

    @property
    def schema(self) -> Schema:
        """Return the schema."""
        return {
            "title": "Problem",
            "description": "An RFC 9457 problem document.",
            "type": "object",
            "required": ["type", "title", "status", "detail", "instance"],
            "properties": {
                "type": {
                    "type": "string",
                    "description": "The kind of problem, as a stable slug.",
                    "examples": ["auth/invalid-credentials"],
                },
                "title": {"type": "string", "description": "A short summary of the problem."},
                "status": {"type": "integer", "description": "The HTTP status."},
                "detail": {"type": "string", "description": "What happened and what to do, in words."},
                "instance": {
                    "type": "string",
                    "description": "The ID of the request. Quote it when you contact support.",
                },
                "allowed": {
                    "type": "array",
                    "items": {"type": "string"},
                    "description": "Only with 409: what is possible instead.",
                },
                "errors": {
                    "type": "array",
                    "description": "Only with 422: the fields that aren't valid.",
                    "items": {
                        "type": "object",
                        "required": ["pointer", "detail"],
                        "properties": {
                            "pointer": {"type": "string", "description": "The field, as a JSON Pointer."},
                            "detail": {"type": "string", "description": "What to change."},
                        },
                    },
                },
            },
        }

    def status(self, problem: Problem | type[Problem]) -> int:
        """Return the problem's own."""
        return problem.status

    def example(self, problem: type[Problem]) -> dict[str, Any]:
        """Return a document of it that says no more than its title."""
        more: dict[str, Any] = {}
        if issubclass(problem, Conflict):
            more["allowed"] = []
        if issubclass(problem, Invalid):
            more["errors"] = [{"pointer": "/title", "detail": "This field is required."}] if problem is Invalid else []
        return {
            "type": problem.slug,
            "title": problem.title,
            "status": problem.status,
            "detail": problem.title,
            "instance": _REQUEST_ID,
            **more,
        }

    def write(self, request: Request, problem: Problem) -> Response:
        """Return the problem document of an error."""
        body = {
            "type": problem.slug,
            "title": problem.title,
            "status": problem.status,
            "detail": problem.detail,
            "instance": request_id_of(request.scope),
            **problem.extensions,
        }
        return answer(body, problem.status, problem, self.media_type, "Bearer")
