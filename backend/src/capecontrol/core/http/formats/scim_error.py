"""SCIM 2.0: error messages."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from capecontrol.core.http.formats.error_format import Schema, answer, code_of, sentence_of
from capecontrol.core.problems import Problem


@dataclass(frozen=True, slots=True)
class ScimError:
    """RFC 7644, 3.12."""

    name: str = "ScimError"
    media_type: str = "application/scim+json"

    @property
    def schema(self) -> Schema:
        """Return the schema."""
        return {
            "title": "ScimError",
            "description": "An error response of RFC 7644, section 3.12.",
            "type": "object",
            "required": ["schemas", "status"],
            "properties": {
                "schemas": {"type": "array", "items": {"type": "string"}},
                "status": {"type": "string"},
                "scimType": {"type": "string"},
                "detail": {"type": "string"},
            },
        }

    def status(self, problem: Problem | type[Problem]) -> int:
        """Return 400 for refused content: the standard has no 422."""
        return 400 if problem.status == 422 else problem.status

    def example(self, problem: type[Problem]) -> dict[str, Any]:
        """Return its fixed members."""
        return self._body(problem, problem.title)

    def write(self, request: Request, problem: Problem) -> Response:
        """Return the error message."""
        del request
        return answer(
            self._body(problem, sentence_of(problem)), self.status(problem), problem, self.media_type, "Bearer"
        )

    def _body(self, problem: Problem | type[Problem], detail: str) -> dict[str, Any]:
        kind = self._scim_type(problem)
        return {
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
            "status": str(self.status(problem)),
            **({"scimType": kind} if kind else {}),
            "detail": detail,
        }

    @staticmethod
    def _scim_type(problem: Problem | type[Problem]) -> str | None:
        if (code := code_of(problem.slug, "scim")) is not None:
            first, *rest = code.split("-")
            return first + "".join(word.capitalize() for word in rest)
        return {400: "invalidSyntax", 409: "uniqueness", 422: "invalidValue"}.get(problem.status)
