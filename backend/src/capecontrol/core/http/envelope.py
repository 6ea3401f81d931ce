"""The envelope of a request: address, content type, size, and whether the body can be read at all (415, 413, 400)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.types import Message

from capecontrol.core.http.body_types import BodyType
from capecontrol.core.http.compression import gunzip
from capecontrol.core.http.json_text import MEMBERS_MAX, check_members
from capecontrol.core.http.payload import Payload
from capecontrol.core.http.request_state import request_state
from capecontrol.core.problems import Malformed, NotFound, Problem, UnsupportedMedia

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Opened:
    """An envelope that was opened: the request with a readable body, what the body says, or why it cannot be read."""

    request: Request
    body: object = None
    refusal: Problem | None = None

    def check(self) -> None:
        """Refuse what could not be read.

        Raises:
            Problem: the refusal.
        """
        if self.refusal is not None:
            raise self.refusal


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a route takes. Without body types its body is not looked at: the route reads it raw."""

    body_types: Sequence[BodyType] = ()
    takes_gzip: bool = False
    #: Whether there must be a body; else the route's own parameters say so (422).
    is_required: bool = False
    #: How many members and items there may be in JSON.
    members_max: int = MEMBERS_MAX
    #: How many bytes it may have, where that is not what the installation lets through in general.
    body_max: int | None = None

    @property
    def takes_file(self) -> bool:
        """Tell whether its body is a file, larger than others may be."""
        return self.body_max is not None

    async def open(self, request: Request) -> Opened:
        """Read a request to its end, before anything is held for it, and keep what is wrong with it.

        A body may come as slowly as the server allows; who is calling is told first (401 before 400).
        """
        try:
            return Opened(*await self._open(request))
        except Problem as refusal:
            return Opened(request, refusal=refusal)

    def check_head(self, request: Request) -> None:
        """Refuse what its head alone tells, before a body is read that may be large.

        Raises:
            NotFound, UnsupportedMedia, TooLarge: as when it is opened.
        """
        _check_address(request)
        self._set_bound(request)
        request_state(request).body.check_declared()
        if media_type := _media_type(request):
            self._body_type(media_type, request)

    async def _open(self, request: Request) -> tuple[Request, object]:
        """Return the request with a readable body, and what the body says (None where there is none).

        Raises:
            NotFound: the address holds control characters.
            Malformed: the body cannot be read.
            UnsupportedMedia: another content type or encoding.
            TooLarge: over a limit, compressed or not.
            TimedOut: the body did not come.
        """
        _check_address(request)
        if not self.body_types:
            return request, None
        self._set_bound(request)
        media_type = _media_type(request)
        body = await request.body()
        if not body and not media_type and not self.is_required:
            return request, None
        body_type = self._body_type(media_type, request)
        if (encoding := request.headers.get("content-encoding", "identity").strip().lower()) != "identity":
            request = self._decoded(request, body, encoding)
            body = await request.body()
        if not body and not body_type.may_be_empty:
            if self.is_required:
                raise Malformed("The body is empty.")
            return request, None
        if body_type.is_json:
            check_members(body, self.members_max)
        value = await body_type.read(request, body)
        request_state(request).payload = Payload(media_type, value)
        return request, value

    def _set_bound(self, request: Request) -> None:
        if self.body_max is not None:
            request_state(request).body.size_max = self.body_max

    def _body_type(self, media_type: str, request: Request) -> BodyType:
        body_type = next((one for one in self.body_types if one.matches(media_type, request)), None)
        if body_type is None:
            raise UnsupportedMedia(f"Send {self._offered()}.")
        return body_type

    def _offered(self) -> str:
        """Name the content types, the preferred one of each."""
        return " or ".join(dict.fromkeys(one.media_types[0] for one in self.body_types))

    def _decoded(self, request: Request, body: bytes, encoding: str) -> Request:
        """Return the request as if it had come uncompressed."""
        if not self.takes_gzip or encoding not in ("gzip", "x-gzip"):
            refused = UnsupportedMedia(f"The content encoding {encoding[:40]!r} isn't supported here.")
            refused.headers["Accept-Encoding"] = "gzip" if self.takes_gzip else "identity"
            raise refused
        plain = gunzip(body, request_state(request).body.size_max)
        names = (b"content-encoding", b"content-length")
        headers = [(name, value) for name, value in request.scope["headers"] if name not in names]

        async def receive() -> Message:
            return {"type": "http.request", "body": plain, "more_body": False}

        return Request({**request.scope, "headers": headers}, receive)


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _check_address(request: Request) -> None:
    if _CONTROL.search(request.scope["path"]):
        raise NotFound()
