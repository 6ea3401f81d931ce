"""An answer that is the same for everybody until the next release: its bytes are made once, and known by their tag."""

import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response


class FixedAnswer:
    """Bytes with a strong entity tag."""

    def __init__(
        self, content: bytes, media_type: str, headers: Mapping[str, str] | None = None, status: int = 200
    ) -> None:
        """Take what is answered, and headers beside those of the cache."""
        self._content = content
        self._media_type = media_type
        self._status = status
        self._tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        # Asked again each time, since the next release may have another.
        self._headers = {"ETag": self._tag, "Cache-Control": "no-cache", **(headers or {})}

    def respond(self, request: Request) -> Response:
        """Return the bytes, or 304 to whom has them (RFC 9110, 13.1.2: compared weakly, where the status is 200)."""
        offered = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
        if self._status == 200 and offered & {"*", self._tag}:
            return Response(status_code=304, headers=self._headers)
        return Response(self._content, self._status, media_type=self._media_type, headers=self._headers)
