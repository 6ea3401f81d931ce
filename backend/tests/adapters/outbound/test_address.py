"""Which addresses are refused: one or more of each special class, and odd spellings."""

from ipaddress import IPv4Address

import pytest

from capecontrol.adapters.outbound.address import is_global_unicast

REFUSED = {
    "unspecified": str(IPv4Address(0)),
    "this network": "0.1.2.3",
    "private 10/8": "10.0.0.1",
    "carrier-grade NAT": "100.64.0.1",
    "carrier-grade NAT, end": "100.127.255.254",
    "loopback": "127.0.0.1",
    "loopback, other": "127.255.255.254",
    "link-local": "169.254.1.1",
    "cloud metadata": "169.254.169.254",
    "private 172.16/12": "172.16.0.1",
    "private 172.16/12, end": "172.31.255.255",
    "IETF protocol assignments": "192.0.0.8",
    "documentation 1": "192.0.2.1",
    "private 192.168/16": "192.168.1.1",
    "benchmarking": "198.18.0.1",
    "documentation 2": "198.51.100.1",
    "documentation 3": "203.0.113.1",
    "multicast": "224.0.0.1",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "unspecified v6": "::",
    "loopback v6": "::1",
    "v4-compatible": "::7f00:1",
    "v4-mapped loopback": "::ffff:127.0.0.1",
    "v4-mapped public": "::ffff:8.8.8.8",
    "v4-translated": "::ffff:0:127.0.0.1",
    "NAT64": "64:ff9b::7f00:1",
    "NAT64 local": "64:ff9b:1::1",
    "discard": "100::1",
    "Teredo": "2001:0:7f00:1::1",
    "documentation v6": "2001:db8::1",
    "6to4": "2002:7f00:1::1",
    "unique local": "fd00::1",
    "link-local v6": "fe80::1",
    "link-local v6 with zone": "fe80::1%eth0",
    "site-local": "fec0::1",
    "multicast v6": "ff02::1",
}
ALLOWED = {"v4": "8.8.8.8", "v4 other": "93.184.216.34", "v6": "2606:4700:4700::1111", "v6 other": "2a00:1450::8a"}


@pytest.mark.parametrize("address", REFUSED.values(), ids=REFUSED)
def test_special_addresses_are_refused(address: str) -> None:
    assert not is_global_unicast(address)


@pytest.mark.parametrize("address", ALLOWED.values(), ids=ALLOWED)
def test_global_addresses_are_allowed(address: str) -> None:
    assert is_global_unicast(address)
