"""The address that a request came from: which one it is, and whose requests are counted with it."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

#: What one subscriber of IPv6 gets at the least, and may draw addresses from as it likes (RFC 6177).
_SUBSCRIBER_PREFIX = 64
#: What a site gets at the most (RFC 6177), with 65,536 of those; and what neighbours of IPv4 share.
_NETWORK_PREFIXES = {6: 48, 4: 24}


def parse_address(text: str | None) -> IPv4Address | IPv6Address | None:
    """Return an address, an IPv4 one also where it comes in IPv6's form; None for what is no address."""
    try:
        address = ip_address(text or "")
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


@lru_cache(maxsize=4096)
def counted_address(text: str | None) -> str:
    """Return as whom the requests of an address are counted: an IPv4 address, or the /64 of an IPv6 one."""
    address = parse_address(text)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), _SUBSCRIBER_PREFIX), strict=False))
    return str(address or text or "unknown")


@lru_cache(maxsize=4096)
def counted_network(source: str) -> str:
    """Return the network around a counted address: its /48, of IPv4 its /24. What is no address stands for itself."""
    try:
        network = ip_network(source)
    except ValueError:
        return source
    return str(network.supernet(new_prefix=_NETWORK_PREFIXES[network.version]))
