"""The bounds of a query: how long it may be, and how many parameters it may have."""

from capecontrol.core.problems import Malformed

#: In bytes. What a search and its filters take is a tenth of it.
LENGTH_MAX = 8 * 1024
PARAMETERS_MAX = 100


def check_query(query: bytes) -> None:
    """Refuse a query that would take long to read, before anybody reads it.

    Raises:
        Malformed: it is too long, or has too many parameters.
    """
    if len(query) > LENGTH_MAX:
        raise Malformed(f"The query string is too long. Use at most {LENGTH_MAX:,} bytes after the question mark.")
    if query.count(b"&") >= PARAMETERS_MAX:
        raise Malformed(f"There are too many query parameters. Send at most {PARAMETERS_MAX}.")
