"""OAuth 2.0: error responses."""

import re
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from capecontrol.core.http.formats.error_format import Schema, answer, code_of, sentence_of
from capecontrol.core.problems import Problem


@dataclass(frozen=True, slots=True)
class OAuthError:
    """RFC 6749, 5.2; for bearer tokens RFC 6750, 3."""

    name: str = "OAuthError"
    media_type: str = "application/json"

    @property
    def schema(self) -> Schema:
        """Return the schema."""
        return {
            "title": "OAuthError",
            "description": "An error response of RFC 6749, section 5.2.",
            "type": "object",
            "required": ["error"],
            "properties": {"error": {"type": "string"}, "error_description": {"type": "string"}},
        }

    def status(self, problem: Problem | type[Problem]) -> int:
        """Return 400 where the content or the state is refused: the standard has no other."""
        return 400 if problem.status in (409, 422) else problem.status

    def example(self, problem: type[Problem]) -> dict[str, Any]:
        """Return its code."""
        return {"error": self._error(problem, shown="")}

    def write(self, request: Request, problem: Problem) -> Response:
        """Return the error, and with 401 the scheme that the client tried."""
        shown = request.headers.get("authorization", "").partition(" ")[0].lower()
        error = self._error(problem, shown)
        body = {"error": error, "error_description": _quotable(sentence_of(problem))}
        challenge = f'Bearer error="{error}"' if shown == "bearer" else 'Basic realm="oauth2"'
        response = answer(body, self.status(problem), problem, self.media_type, challenge)
        response.headers["Cache-Control"] = "no-store"
        return response

    @staticmethod
    def _error(problem: Problem | type[Problem], shown: str) -> str:
        if (code := code_of(problem.slug, "oauth")) is not None:
            return code.replace("-", "_")
        match problem.status:
            case 401:
                return "invalid_token" if shown == "bearer" else "invalid_client"
            case 403:
                return "insufficient_scope" if shown == "bearer" else "access_denied"
            case 429 | 503:
                return "temporarily_unavailable"
            case status if status >= 500:
                return "server_error"
            case _:
                return "invalid_request"


def _quotable(text: str) -> str:
    """Return a text in the characters that ``error_description`` may hold."""
    plain = text.translate({ord('"'): "'", ord("\\"): "/", 0x2018: "'", 0x2019: "'", 0x201C: "'", 0x201D: "'"})
    return re.sub(r"[^\x20-\x7e]", "?", plain)
