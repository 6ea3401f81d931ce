"""The bounds of a body: how large it may be, and how slowly it may come."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.types import Message, Receive

from capecontrol.core.problems import TimedOut, TooLarge


@dataclass(frozen=True, slots=True)
class BodyBounds:
    """How many bytes a body may have, and how long it may take.

    A body has ``seconds``, and one more for each ``bytes_per_second`` that came: an honest client on a slow line is
    served to the end, and one that sends a byte now and then is not waited for.
    """

    size_max: int
    #: Smaller sizes, by the beginning of the path.
    size_max_below: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 20
    bytes_per_second: int = 4096

    def size_max_at(self, path: str) -> int:
        """Return how many bytes a body may have at a path."""
        return min(
            (size for prefix, size in self.size_max_below.items() if path.startswith(prefix)), default=self.size_max
        )


class BoundedBody:
    """Receives a request's body within its bounds. A route whose files have a bound of their own sets ``size_max``."""

    def __init__(self, request: Request, receive: Receive, bounds: BodyBounds) -> None:
        """Take the request, and where its messages come from."""
        self.size_max = bounds.size_max_at(request.scope["path"])
        self._receive = receive
        self._bounds = bounds
        declared = request.headers.get("content-length", "")
        self._declared = int(declared) if declared.isdigit() else 0
        self._seen = 0
        self._began: float | None = None
        self._has_ended = False

    async def __call__(self) -> Message:
        """Return the next message.

        Refuses when the body is asked for, not before: who is asking comes first (401 before 413).

        Raises:
            TooLarge: there are more bytes, or more are announced.
            TimedOut: they do not come.
        """
        if self._has_ended:
            # What comes now is that the client leaves, and may take as long as the answer does.
            return await self._receive()
        self.check_declared()
        try:
            async with asyncio.timeout_at(self._deadline()):
                message = await self._receive()
        except TimeoutError:
            slow = TimedOut()
            # The rest of the body may come yet, and is no request.
            slow.headers["Connection"] = "close"
            raise slow from None
        if message["type"] != "http.request":
            return message
        self._seen += len(message.get("body", b""))
        self._has_ended = not message.get("more_body", False)
        if self._seen > self.size_max:
            raise self._too_large()
        return message

    def check_declared(self) -> None:
        """Refuse a body that is announced as too large.

        Raises:
            TooLarge: it is.
        """
        if self._declared > self.size_max:
            raise self._too_large()

    def _deadline(self) -> float:
        if self._began is None:
            self._began = asyncio.get_running_loop().time()
        return self._began + self._bounds.seconds + self._seen / self._bounds.bytes_per_second

    def _too_large(self) -> TooLarge:
        return TooLarge(f"Send at most {size_text(self.size_max)}.")


def size_text(size: int) -> str:
    """Write a size as people do, with what is beyond the last whole unit left out."""
    for unit, name in ((1024 * 1024, "MB"), (1024, "kB")):
        if size >= unit:
            return f"{size // unit} {name}"
    return f"{size} bytes"
