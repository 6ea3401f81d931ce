"""RFC 9457: problem documents."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from capecontrol.core.http.formats.error_format import Schema, answer
from capecontrol.core.http.request_state import request_id_of
from capecontrol.core.problems import Problem


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
                "type": {"type": "string", "description": "A stable slug.", "examples": ["auth/invalid-credentials"]},
                "title": {"type": "string"},
                "status": {"type": "integer"},
                "detail": {"type": "string", "description": "What happened and what to do, for a person."},
                "instance": {"type": "string", "description": "The request's id."},
                "allowed": {
                    "type": "array",
                    "items": {"type": "string"},
                    "description": "With 409: the legal steps.",
                },
                "errors": {
                    "type": "array",
                    "description": "With 422: each refused member.",
                    "items": {
                        "type": "object",
                        "required": ["pointer", "detail"],
                        "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
                    },
                },
            },
        }

    def status(self, problem: Problem | type[Problem]) -> int:
        """Return the problem's own."""
        return problem.status

    def example(self, problem: type[Problem]) -> dict[str, Any]:
        """Return its fixed members."""
        return {"type": problem.slug, "title": problem.title, "status": problem.status}

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
