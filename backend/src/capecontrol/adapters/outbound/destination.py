"""Which URLs may be called at all, before any name is looked up."""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address
from urllib.parse import urlsplit

#: Ports on which public services are called. Anything else is how a port scan looks.
PUBLIC_PORTS = frozenset({443, 5678, 8443})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]{0,252}[a-z0-9])?|\[[0-9a-f:.]{2,45}\]", re.ASCII)


class DestinationRefused(ValueError):
    """The rules do not let this installation call the URL. The text says why, for whoever typed it in."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A URL that may be called: where it points, and whether its address is exempt from the address rules."""

    scheme: str
    host: str
    port: int
    is_named_private: bool


def destination_of(url: str, allowed_private_hosts: frozenset[str]) -> Destination:
    """Return where a URL points.

    Args:
        url: an absolute URL.
        allowed_private_hosts: ``host:port`` pairs that the configuration names; they may be plain HTTP and have any
            address.

    Raises:
        DestinationRefused: it is not https (unless named), has a user in it, an odd host or an odd port.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError:
        raise DestinationRefused("Enter a valid web address.") from None
    if parts.scheme not in _DEFAULT_PORTS:
        raise DestinationRefused("Enter a web address that begins with https://.")
    if "@" in parts.netloc or "\\" in url:
        raise DestinationRefused("Enter a web address without a user name, password or backslash.")
    host = parts.netloc.rpartition(":")[0] if parts.netloc.rpartition(":")[2].isdigit() else parts.netloc
    host = host.lower()
    if not _HOST.fullmatch(host):
        raise DestinationRefused("Enter a web address with a valid host name.")
    host = host.strip("[]")
    if ":" not in host and not _is_name_or_quad(host):
        raise DestinationRefused("Enter a web address with a valid host name.")
    named = f"{host}:{port}" in allowed_private_hosts
    if not named:
        if parts.scheme != "https":
            raise DestinationRefused(
                "Enter a web address that begins with https://. If this server is in your private network, "
                "ask the person who runs CapeControl to allow its address first."
            )
        if port not in PUBLIC_PORTS:
            allowed = ", ".join(str(number) for number in sorted(PUBLIC_PORTS))
            raise DestinationRefused(
                f"Port {port} isn't allowed. Use {allowed}, "
                "or ask the person who runs CapeControl to allow this address."
            )
    return Destination(parts.scheme, host, port, named)


def _is_name_or_quad(host: str) -> bool:
    """Refuse the spellings of an IPv4 address that only some parsers know: decimal, octal, hex, short."""
    last = host.rpartition(".")[2]
    if not last.isdigit() and not last.startswith("0x"):
        return True
    try:
        IPv4Address(host)
    except AddressValueError:
        return False
    return True
