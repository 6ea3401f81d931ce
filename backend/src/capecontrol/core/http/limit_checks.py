"""Limits that would never count, found when the application is built."""

from capecontrol.core.http.credentials import Credential
from capecontrol.core.http.gate import Gate
from capecontrol.core.http.limits import BY_CALLER, Subject


class LimitNeverCounts(TypeError):
    """A limit counts whom the route does not know: a programming error, found when it is built."""


def check_limits(path: str, gate: Gate, credential: Credential) -> None:
    """Refuse a route with a limit that counts nobody.

    Args:
        path: the route's.
        gate: what the route demands, its limits among that.
        credential: what its callers show.

    Raises:
        LimitNeverCounts: it counts callers, whom the route does not know.
    """
    subjects = {limit.by for limit in gate.limits}
    by_caller = subjects & BY_CALLER
    known = credential.subjects if gate.takes_caller else frozenset()
    if unknown := by_caller - known:
        raise LimitNeverCounts(
            f"{path}: the callers of this route have no {', '.join(sorted(unknown))}; "
            "count by address, or by what its credential tells"
        )
    if by_caller and not gate.demands_caller and Subject.ADDRESS not in subjects:
        raise LimitNeverCounts(f"{path}: who leaves the credential out is not counted; add one by address")
