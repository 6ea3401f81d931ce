"""The bounds of a connection: how long a request's head may take, how large it is, how long an answer lies unread.

uvicorn has none of these: it waits for ever for a head that comes byte by byte, and for a client that does not read.
What it does have is the time between two requests (``timeout_keep_alive``, five seconds). How long a body may take, and
how large it is, is the application's business (``core/http/body_bounds.py``).

Whatever is no body is counted from one request's end to the next: heads, the frames of chunks, and the trailers behind
the last chunk. The parser keeps heads and trailers, however long they are, also while an answer is on its way.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from capecontrol.core.http.cut_off import CUT_OFF

#: What clients send, and proxies pass on.
HEAD_MAX = 64 * 1024
#: As much of a body is thrown away, after an answer that did not wait for it, before the connection is given up.
DISCARDED_MAX = 8 * 1024 * 1024
#: So many requests may wait for the answer before theirs.
PIPELINED_MAX = 64
#: What a chunk may have around its content: its length in 16 digits and two ends of lines, with room for an extension.
CHUNK_FRAME_MAX = 24


@dataclass(frozen=True, slots=True)
class ConnectionBounds:
    """How long a connection waits for its client."""

    #: Until the head of a request is there, counted from the connection, or from the first byte after an answer.
    head_seconds: float = 10
    #: Until something of an answer is read.
    answer_seconds: float = 30


#: Under this name the application's lifespan gives the bounds to its connections. A process that serves is told its
#: class of connections by name alone, so that there is no other way to hand them over.
BOUNDS = "connection_bounds"
#: Likewise what is to be told that the process is about to end: answers that would go on for hours end then.
ENDING = "connections_ending"


class BoundedConnection(HttpToolsProtocol):
    """uvicorn's connection, with bounds."""

    _head: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None
    _served: RequestResponseCycle | None = None
    #: Of what came since the last request was whole: what was no body, and what was a body that nobody wanted.
    _beside_body = 0
    _discarded = 0

    @property
    def bounds(self) -> ConnectionBounds:
        """Return what the application's lifespan gave."""
        bounds: ConnectionBounds = self.app_state[BOUNDS]
        return bounds

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for a head."""
        super().connection_made(cast("asyncio.Transport", transport))
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Hand on what came, and end the connection where it is too much."""
        # A piece at a time: what is parsed before it is weighed is no more than a head.
        for start in range(0, len(data), HEAD_MAX):
            if self.transport.is_closing():
                return
            self._take(data[start : start + HEAD_MAX])

    def on_message_begin(self) -> None:
        """Begin a request, and give the application what closes its connection in the middle of an answer."""
        super().on_message_begin()
        self.scope["extensions"] = {CUT_OFF: {"close": self._cut_off}}

    def on_headers_complete(self) -> None:
        """Begin to serve a request."""
        super().on_headers_complete()
        if not self.pipeline:
            self._served = self.cycle
        if not self.parser.should_upgrade():
            # Trailers come through the same door and would join the headers, a forged X-Forwarded-For among them.
            self.headers = []

    def on_body(self, body: bytes) -> None:
        """Hand on a part of a body. It has bounds of its own, or is thrown away."""
        super().on_body(body)
        self._beside_body = max(0, self._beside_body - len(body) - CHUNK_FRAME_MAX)
        if not self._is_exchanging:
            self._discarded += len(body)

    def on_message_complete(self) -> None:
        """Begin to count anew: what follows is another request."""
        super().on_message_complete()
        self._beside_body = self._discarded = 0

    def on_response_complete(self) -> None:
        """Begin to wait for the rest of a body that the answer did not wait for: what follows it would be a head."""
        if self.pipeline:
            self._served = self.pipeline[-1][0]
        super().on_response_complete()
        if self.transport.is_closing():
            return
        if self.pipeline:
            # Those that wait come first; uvicorn would read on after each answer.
            self.flow.pause_reading()
        if self._is_discarding:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._forget_head()
        self.resume_writing()
        if self._served is not None and not self._served.response_complete:
            # uvicorn tells the request that came last, and others that came before it would write to nobody.
            self._served.disconnected = True
            self._served.message_event.set()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Let what is under way come to its end, and see to it that it has one."""
        ending: Callable[[], None] = self.app_state[ENDING]
        ending()
        super().shutdown()

    def pause_writing(self) -> None:
        """Begin to wait for the client to read."""
        super().pause_writing()
        if self._unread is None:
            loop = asyncio.get_running_loop()
            self._unread = loop.call_later(self.bounds.answer_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: the client reads."""
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None
        super().resume_writing()

    @property
    def _exchange(self) -> RequestResponseCycle | None:
        """Return the exchange under way, or the last one; none before the first."""
        return self.cycle

    @property
    def _is_exchanging(self) -> bool:
        """Tell whether a request is being served; then its body and its answer have bounds of their own."""
        return self._exchange is not None and not self._exchange.response_complete

    @property
    def _is_discarding(self) -> bool:
        """Tell whether the rest of a body may come that the last answer did not wait for."""
        return self._exchange is not None and self._exchange.response_complete and self._exchange.more_body

    @property
    def _is_too_much(self) -> bool:
        """Tell whether more came than anybody has to send before the next request is whole."""
        return self._beside_body > HEAD_MAX or self._discarded > DISCARDED_MAX or len(self.pipeline) > PIPELINED_MAX

    def _take(self, piece: bytes) -> None:
        self._beside_body += len(piece)
        super().data_received(piece)
        if self.transport.is_closing():
            return
        if self._is_too_much:
            if self._is_exchanging:
                # An answer may be half written.
                self.transport.abort()
            else:
                self._refuse(b"431 Request Header Fields Too Large")
        elif self._is_exchanging:
            self._forget_head()
        else:
            self._await_head()

    def _cut_off(self) -> None:
        """Close the connection behind what was written of an answer."""
        if self._served is not None:
            # So that uvicorn does not take the missing end for a mistake.
            self._served.disconnected = True
        self.transport.close()

    def _await_head(self) -> None:
        if self._head is None:
            self._head = asyncio.get_running_loop().call_later(self.bounds.head_seconds, self._give_up)

    def _forget_head(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _give_up(self) -> None:
        if self.transport.is_closing():
            return
        if self._beside_body and not self._is_discarding:
            self._refuse(b"408 Request Timeout")
        else:
            # Nothing was asked: browsers open connections in advance.
            self.transport.close()

    def _refuse(self, status: bytes) -> None:
        self.transport.write(b"HTTP/1.1 " + status + b"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        self.transport.close()
