"""Services of our own network that may be spoken to in the clear, because somebody said so by name."""

from collections.abc import Sequence
from dataclasses import dataclass


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
