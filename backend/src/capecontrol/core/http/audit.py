"""What the audit log says of requests that were refused."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.wording import Data, Wording, phrase


def _denied(data: Data) -> str:
    """Say what was wanted; an older release did not keep it."""
    return f"Blocked attempt: {data['summary']}" if "summary" in data else "Blocked attempt"


BLOCKED_ATTEMPTS = AuditArea(
    "access.",
    "Blocked attempts",
    {
        "access.denied": Wording(frozenset({"summary"}), _denied),
        "access.denied_repeatedly": phrase("More blocked attempts: {count}"),
        "access.confirmation_asked": phrase("Password required: {summary}"),
        "access.confirmation_asked_repeatedly": phrase("Password required {count} more times"),
    },
)
