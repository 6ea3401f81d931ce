"""Services of our own network that may be spoken to in the clear, because somebody said so by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_SUBMISSION_PORT = 587


@dataclass(frozen=True, slots=True)
class PrivateServices:
    """The hosts that ``PRIVATE_SERVICES`` names, each with a port or for all of its ports."""

    names: frozenset[str]

    @classmethod
    def of(cls, names: Sequence[str]) -> "PrivateServices":
        """Take ``host`` and ``host:port``."""
        return cls(frozenset(name.strip().lower() for name in names))

    def include(self, host: str, port: int | None) -> bool:
        """Tell whether a service is named, exactly as its address writes it: no wildcard, no part of a name."""
        host = host.lower()
        address = f"[{host}]" if ":" in host else host
        return host in self.names or address in self.names or f"{address}:{port}" in self.names

    def include_mail_server(self, url: str) -> bool:
        """Tell whether mail may go to a server in the clear: it is named, or on this machine."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        return host in _THIS_MACHINE or self.include(host, parts.port or _SUBMISSION_PORT)
