"""What the audit log says of acts on sessions and accounts."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.wording import Data, Wording, phrase
from capecontrol.features.identity.password_guess import UNKNOWN_ADDRESS


def _ended(data: Data) -> str:
    return "Signed out of all devices" if data.get("all_devices") else "Signed out"


def _refused(data: Data) -> str:
    """Say what was tried; releases before this one told neither of these apart from a sign-in."""
    if data.get("confirming"):
        return "Failed to confirm their password"
    is_known = data.get("reason") != UNKNOWN_ADDRESS
    return "Failed to sign in" if is_known else "Failed to sign in: no such account"


AUDIT_AREAS = (
    AuditArea(
        "session.",
        "Sessions",
        {
            "session.started": phrase("Signed in"),
            "session.renewed": phrase("Renewed the session"),
            "session.confirmed": phrase("Confirmed their password"),
            "session.refused": Wording(frozenset({"reason", "confirming"}), _refused),
            "session.ended": Wording(frozenset({"all_devices"}), _ended),
            "session.token_reused": phrase("Session ended as a precaution"),
        },
    ),
    AuditArea(
        "user.",
        "Users",
        {
            "user.registered": phrase("Registered"),
            "user.added": phrase("Added an account"),
            "user.updated": phrase("Changed the account"),
            "user.email_verified": phrase("Verified the e-mail address"),
            "user.verification_resent": phrase("Requested another verification e-mail"),
            "user.verification_sent": phrase("Sent a verification e-mail"),
        },
    ),
)
