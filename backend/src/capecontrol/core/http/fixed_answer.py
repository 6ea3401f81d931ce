"""An answer that is the same for everybody until the next release: its bytes are made once, and known by their tag."""

import gzip
import hashlib
from collections.abc import Mapping
from functools import cached_property

from starlette.requests import Request
from starlette.responses import Response

from capecontrol.core.http.encodings import wanted_encodings

#: What fits into one packet is sent as it is.
COMPRESSED_FROM_BYTES = 1_400


class FixedAnswer:
    """Bytes with a strong entity tag; what is longer than a packet also as gzip, which has a tag of its own."""

    def __init__(
        self, content: bytes, media_type: str, headers: Mapping[str, str] | None = None, status: int = 200
    ) -> None:
        """Take what is answered, and headers beside those of the cache."""
        self._content = content
        self._media_type = media_type
        self._status = status
        self._digest = hashlib.sha256(content).hexdigest()[:32]
        # Asked again each time, since the next release may have another.
        self._headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding", **(headers or {})}

    def respond(self, request: Request) -> Response:
        """Return the bytes, or 304 to whom has them (RFC 9110, 13.1.2: compared weakly, where the status is 200)."""
        wanted = wanted_encodings(request.headers.get("accept-encoding"))
        is_gzipped = "gzip" in wanted and len(self._content) > COMPRESSED_FROM_BYTES
        tag = f'"{self._digest}-gzip"' if is_gzipped else f'"{self._digest}"'
        headers = {**self._headers, "ETag": tag}
        offered = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
        if self._status == 200 and offered & {"*", tag}:
            return Response(status_code=304, headers=headers)
        if is_gzipped:
            headers["Content-Encoding"] = "gzip"
        content = self._gzipped if is_gzipped else self._content
        return Response(content, self._status, media_type=self._media_type, headers=headers)

    @cached_property
    def _gzipped(self) -> bytes:
        return gzip.compress(self._content, mtime=0)
