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
        raise Malformed(f"The address is too long: what follows the question mark may have {LENGTH_MAX:,} bytes.")
    if query.count(b"&") >= PARAMETERS_MAX:
        raise Malformed(f"The address has too many parameters: at most {PARAMETERS_MAX} are read.")
