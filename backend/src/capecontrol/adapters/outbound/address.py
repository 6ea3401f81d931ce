"""Which addresses the open internet may answer from."""

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

_V6_GLOBAL = IPv6Network("2000::/3")
#: Within the global range: what reaches, or may reach, an IPv4 address inside it, and what is for documentation.
_V6_SPECIAL = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)
#: What older Pythons take for global.
_V4_SPECIAL = tuple(IPv4Network(text) for text in ("192.0.0.0/24", "192.88.99.0/24"))


def is_global_unicast(text: str) -> bool:
    """Tell whether an address, as text, is a global unicast one.

    Private, loopback, link-local (and with it the clouds' metadata services), carrier-grade NAT, documentation,
    benchmarking, reserved, multicast and unspecified addresses are not; neither is an IPv6 form that carries an IPv4
    address (v4-mapped, NAT64, 6to4, Teredo).
    """
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        return address in _V6_GLOBAL and not any(address in network for network in _V6_SPECIAL)
    is_special = any(address in network for network in _V4_SPECIAL)
    return address.is_global and not address.is_multicast and not address.is_reserved and not is_special
