"""The one way to call an address that a person typed in."""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

import httpcore
import httpx

from capecontrol.adapters.outbound.backend import PinnedBackend, Resolver, system_resolver
from capecontrol.adapters.outbound.destination import Destination, DestinationRefused, destination_of

MAX_ANSWER_BYTES = 1024 * 1024
TOTAL_SECONDS = 10.0


class OutboundFailed(Exception):
    """No usable answer: refused address, nothing there, too slow, or too large. Deliberately not told apart."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer within the bounds."""

    status: int
    headers: httpx.Headers
    body: bytes


class OutboundHttp:
    """Calls URLs under the outbound rules: addresses checked and pinned, no redirects, no environment proxies.

    Each call opens and closes its own connection: these calls are rare, and a pooled connection would outlive the
    check of its address.
    """

    def __init__(
        self,
        *,
        allowed_private_hosts: frozenset[str] = frozenset(),
        total_seconds: float = TOTAL_SECONDS,
        max_bytes: int = MAX_ANSWER_BYTES,
        resolve: Resolver = system_resolver,
    ) -> None:
        """Take the configuration's exceptions (``host:port``), the total deadline and the cap on an answer's size."""
        self._allowed = allowed_private_hosts
        self._total_seconds = total_seconds
        self._max_bytes = max_bytes
        self._resolve = resolve
        self._tls = ssl.create_default_context()

    def vet(self, url: str) -> Destination:
        """Return where a URL points.

        Raises:
            DestinationRefused: the rules do not let it be called.
        """
        return destination_of(url, self._allowed)

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
        total_seconds: float | None = None,
    ) -> Answer:
        """Send one request and return the whole answer, whatever its status.

        Raises:
            DestinationRefused: the rules do not let the URL be called.
            OutboundFailed: no answer within the deadline and the cap.
        """
        destination = self.vet(url)
        try:
            outgoing = httpx.Request(
                method,
                url,
                params=params,
                headers={"Accept-Encoding": "identity", "User-Agent": "CapeControl", **(headers or {})},
                content=content,
            )
        except httpx.InvalidURL:
            raise DestinationRefused("Enter a valid web address.") from None
        try:
            async with asyncio.timeout(total_seconds or self._total_seconds):
                return await self._exchange(outgoing, destination)
        except (TimeoutError, httpcore.ConnectError, httpcore.TimeoutException, httpcore.NetworkError) as error:
            raise OutboundFailed("no answer") from error
        except (httpcore.ProtocolError, httpcore.ProxyError, httpcore.UnsupportedProtocol, OSError) as error:
            raise OutboundFailed("no valid answer") from error

    async def _exchange(self, outgoing: httpx.Request, destination: Destination) -> Answer:
        backend = PinnedBackend(is_exempt=destination.is_named_private, resolve=self._resolve)
        async with httpcore.AsyncConnectionPool(
            network_backend=backend, ssl_context=self._tls, max_connections=1, max_keepalive_connections=0, retries=0
        ) as pool:
            request = httpcore.Request(
                method=outgoing.method,
                url=httpcore.URL(
                    scheme=outgoing.url.raw_scheme,
                    host=outgoing.url.raw_host,
                    port=outgoing.url.port,
                    target=outgoing.url.raw_path,
                ),
                headers=outgoing.headers.raw,
                content=outgoing.content,
            )
            response = await pool.handle_async_request(request)
            try:
                body = bytearray()
                async for chunk in response.aiter_stream():
                    body += chunk
                    if len(body) > self._max_bytes:
                        raise OutboundFailed("the answer is too large")
            finally:
                await response.aclose()
            return Answer(response.status, httpx.Headers(response.headers), bytes(body))
