"""TCP ports on the loopback address."""

from __future__ import annotations

import socket

from capecontrol.local.failure import LocalFailure

LOOPBACK = "127.0.0.1"


def free_port(preferred: int | None = None) -> int:
    """Find a port nobody listens on, `preferred` if it is free."""
    if preferred is not None and is_free(preferred):
        return preferred
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_free(port: int, address: str = LOOPBACK) -> bool:
    """Tell whether a server could listen on `port` now."""
    with socket.socket() as probe:
        # As servers do: the waiting ends of closed connections do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def taken(port: int) -> LocalFailure:
    """Make the sentence for a port that another program has."""
    return LocalFailure(f"Port {port} is taken by another program: `PORT={port + 1} make run` uses the next one.")


class PortTakenError(Exception):
    """Raised when somebody else took the port between looking and listening."""
