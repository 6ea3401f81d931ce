"""IP addresses that a reader of the audit log looks for."""

from ipaddress import IPv4Address

from capecontrol.core.client_address import parse_address


def spellings_of(text: str) -> list[str]:
    """Return how the log may have written the IP address that somebody typed; nothing for what is none.

    Of a server that listens on IPv6 an IPv4 address comes in IPv6's form.
    """
    address = parse_address(text.strip())
    if address is None:
        return []
    return [str(address), f"::ffff:{address}"] if isinstance(address, IPv4Address) else [str(address)]
