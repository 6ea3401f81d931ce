"""A network backend that looks a name up once and connects to what it checked: DNS rebinding finds no gap."""

import socket
from collections.abc import Awaitable, Callable, Iterable

import anyio
import httpcore
from typing_extensions import override

from capecontrol.adapters.outbound.address import is_global_unicast

#: From a host and a port to its addresses, as texts.
Resolver = Callable[[str, int], Awaitable[list[str]]]
SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


async def system_resolver(host: str, port: int) -> list[str]:
    """Return a host's addresses as the operating system sees them."""
    found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Connects only to addresses that the rules allow; host name, SNI and certificate check keep the name."""

    def __init__(self, *, is_exempt: bool, resolve: Resolver = system_resolver) -> None:
        """Take whether the destination was named by the configuration, and how names are looked up."""
        self._is_exempt = is_exempt
        self._resolve = resolve
        self._wire = httpcore.AnyIOBackend()

    @override
    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Look the host up once, refuse if any address is not allowed, and connect to one of those looked up.

        Raises:
            httpcore.ConnectError: unknown host, refused address, or nothing listens; the three look alike.
        """
        try:
            addresses = list(dict.fromkeys(await self._resolve(host, port)))
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError("no such host") from error
        if not addresses or not (self._is_exempt or all(is_global_unicast(address) for address in addresses)):
            raise httpcore.ConnectError("no such host")
        failure: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for address in addresses:
            try:
                return await self._wire.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError("no such host")

    @override
    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: nothing outside is reached through a file."""
        raise httpcore.ConnectError("unix sockets are not used")

    @override
    async def sleep(self, seconds: float) -> None:
        """Wait between httpcore's own connection attempts."""
        await anyio.sleep(seconds)
