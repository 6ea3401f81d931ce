"""Whom to tell of a security weakness of this installation (RFC 9116)."""

from datetime import UTC, datetime, timedelta

from capecontrol.core.business import Business
from capecontrol.core.http.fixed_answer import FixedAnswer
from capecontrol.core.links import Links

PATH = "/.well-known/security.txt"
#: How far ahead it ends. It is written anew each day: one that was copied and forgotten should not hold for ever.
LIFE = timedelta(days=90)


def security_contact(business: Business, links: Links, now: datetime) -> FixedAnswer:
    """Write the file: the business's e-mail address, or its page with its contact details where it has none."""
    public_url = links.public_url.rstrip("/")
    contact = f"mailto:{business.email}" if business.email else f"{public_url}/about"
    ends = datetime(now.year, now.month, now.day, tzinfo=UTC) + LIFE
    lines = (
        f"Contact: {contact}",
        f"Expires: {ends:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {public_url}{PATH}",
    )
    return FixedAnswer("".join(f"{line}\n" for line in lines).encode(), "text/plain; charset=utf-8")
