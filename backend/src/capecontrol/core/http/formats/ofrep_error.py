"""OpenFeature Remote Evaluation Protocol: failures."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from capecontrol.core.http.formats.error_format import Schema, answer, code_of, sentence_of
from capecontrol.core.problems import Invalid, Problem


@dataclass(frozen=True, slots=True)
class OfrepError:
    """OpenFeature Remote Evaluation Protocol 0.3: the failure of an evaluation."""

    name: str = "OfrepError"
    media_type: str = "application/json"

    @property
    def schema(self) -> Schema:
        """Return the schema."""
        return {
            "title": "OfrepError",
            "description": "A failed evaluation of OFREP.",
            "type": "object",
            "required": ["errorDetails"],
            "properties": {
                "key": {"type": "string", "description": "The flag, where one was asked for."},
                "errorCode": {"type": "string"},
                "errorDetails": {"type": "string"},
            },
        }

    def status(self, problem: Problem | type[Problem]) -> int:
        """Return 400 for refused content: clients of the protocol know no 422."""
        return 400 if problem.status in (409, 422) else problem.status

    def example(self, problem: type[Problem]) -> dict[str, Any]:
        """Return its fixed members."""
        return {"errorCode": self._error_code(problem, key=None), "errorDetails": problem.title}

    def write(self, request: Request, problem: Problem) -> Response:
        """Return the failure; of one flag it names the flag."""
        key = request.scope.get("path_params", {}).get("key")
        body = {"errorCode": self._error_code(problem, key), "errorDetails": sentence_of(problem)}
        if key is not None:
            body = {"key": str(key), **body}
        return answer(body, self.status(problem), problem, self.media_type, "Bearer")

    @staticmethod
    def _error_code(problem: Problem | type[Problem], key: object) -> str:
        if (code := code_of(problem.slug, "ofrep")) is not None:
            return code.replace("-", "_").upper()
        if problem.status == 404 and key is not None:
            return "FLAG_NOT_FOUND"
        if problem.status == 400:
            return "PARSE_ERROR"
        if isinstance(problem, Invalid) and any(error.pointer.startswith("/context") for error in problem.errors):
            return "INVALID_CONTEXT"
        return "GENERAL"
