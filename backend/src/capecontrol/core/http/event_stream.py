"""An answer that goes on: events as they happen (WHATWG, *server-sent events*)."""

from collections.abc import AsyncIterator, Callable

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

MEDIA_TYPE = "text/event-stream"


class EventStream(StreamingResponse):
    """Events, for as long as there are any and somebody listens."""

    media_type = MEDIA_TYPE

    def __init__(self, events: AsyncIterator[bytes], ended: Callable[[], None]) -> None:
        """Take the events, and whom to tell that nobody listens any more: also where nobody ever began to."""
        # nginx and what is made of it else wait for a bufferful.
        super().__init__(events, headers={"X-Accel-Buffering": "no"})
        self._ended = ended

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.close()

    def close(self) -> None:
        """Tell that nobody listens any more."""
        self._ended()
