"""The names under which a local run answers: a page of somebody else's, whose name leads here, reads nothing.

A local run asks nobody who they are before it shows its mailbox. A page on the internet may point its own name at
127.0.0.1 once it is open (DNS rebinding), and read whatever answers to that name.
"""

import ipaddress
import socket
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class KnownHosts:
    """The outermost middleware of a local run."""

    def __init__(self, app: ASGIApp, *, addresses: tuple[str, ...]) -> None:
        """Take the run's addresses, the public one first; this machine's names are known besides."""
        self._app = app
        self._public = addresses[0]
        machine = socket.gethostname()
        names = (machine, f"{machine}.local", socket.getfqdn(), *(urlsplit(one).hostname or "" for one in addresses))
        self._names = frozenset(name.lower() for name in names if name) | {"localhost"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request to one of the names, and refuse any other (421)."""
        host = Headers(scope=scope).get("host", "") if scope["type"] == "http" else None
        if host is None or self._is_known(host):
            await self._app(scope, receive, send)
            return
        sentence = (
            f"This local installation doesn't answer to this name. Open it at {self._public}, "
            "or start it with PUBLIC_URL set to the address that you use.\n"
        )
        await PlainTextResponse(sentence, 421)(scope, receive, send)

    def _is_known(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        # A number is no name that somebody could point here.
        return name in self._names or name.endswith(".localhost") or _is_number(name)


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
