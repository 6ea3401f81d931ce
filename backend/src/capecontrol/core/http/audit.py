"""What the audit log says of requests that were refused."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.wording import Data, Wording, phrase


def _denied(data: Data) -> str:
    """Say what was wanted; an older release did not keep it."""
    return f"Blocked: {data['summary']}" if "summary" in data else "Blocked attempt"


BLOCKED_ATTEMPTS = AuditArea(
    "access.",
    "Blocked attempts",
    {
        "access.denied": Wording(frozenset({"summary"}), _denied),
        "access.denied_repeatedly": phrase("Blocked {count} times"),
        "access.confirmation_asked": phrase("Asked for the password: {summary}"),
        "access.confirmation_asked_repeatedly": phrase("Asked for the password {count} times"),
    },
)
