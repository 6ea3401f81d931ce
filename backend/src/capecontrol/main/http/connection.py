"""The bounds of a connection: how long a request's head may take, how large it is, how long nobody reads an answer.

uvicorn has none of these: it waits for ever for a head that comes byte by byte, and for a client that does not read.
What it does have is the time between two requests (``timeout_keep_alive``, five seconds), and with h11 the size of a
head. How long a body may take is the application's business (``core/http/body_bounds.py``).
"""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from uvicorn.protocols.http.auto import AutoHTTPProtocol

if TYPE_CHECKING:
    from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
else:
    # The one that uvicorn chooses, by what is installed: they have in common what is used here.
    H11Protocol = AutoHTTPProtocol

#: What clients send, and proxies pass on.
HEAD_MAX = 64 * 1024
#: As much of a body is thrown away, after an answer that did not wait for it, before the connection is given up.
DISCARDED_MAX = 8 * 1024 * 1024


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


class BoundedConnection(H11Protocol):
    """uvicorn's connection, with bounds."""

    _head: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None
    _waiting_bytes = 0

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
        """Hand on what came, unless it is too much of a head."""
        if self._is_exchanging:
            super().data_received(data)
            return
        room = self._room - self._waiting_bytes
        super().data_received(data[:room])
        if self.transport.is_closing():
            return
        if self._is_exchanging:
            self._forget_head()
            if len(data) > room:
                super().data_received(data[room:])
        elif len(data) > room:
            self._refuse(b"431 Request Header Fields Too Large")
        else:
            self._waiting_bytes += len(data)
            self._await_head()

    def on_response_complete(self) -> None:
        """Begin to wait for the rest of a body that the answer did not wait for: what follows it would be a head."""
        super().on_response_complete()
        if self._is_discarding and not self.transport.is_closing():
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._forget_head()
        self.resume_writing()
        super().connection_lost(exc)

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
    def _exchange(self) -> "RequestResponseCycle | None":
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
    def _room(self) -> int:
        """Return how many bytes may come before the next head is there."""
        return HEAD_MAX + (DISCARDED_MAX if self._is_discarding else 0)

    def _await_head(self) -> None:
        if self._head is None:
            self._head = asyncio.get_running_loop().call_later(self.bounds.head_seconds, self._give_up)

    def _forget_head(self) -> None:
        self._waiting_bytes = 0
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _give_up(self) -> None:
        if self.transport.is_closing():
            return
        if self._waiting_bytes and not self._is_discarding:
            self._refuse(b"408 Request Timeout")
        else:
            # Nothing was asked: browsers open connections in advance.
            self.transport.close()

    def _refuse(self, status: bytes) -> None:
        self.transport.write(b"HTTP/1.1 " + status + b"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        self.transport.close()
