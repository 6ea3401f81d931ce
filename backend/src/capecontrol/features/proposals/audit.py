"""What the audit log says of acts on proposals."""

from capecontrol.core.audit import AuditArea, export_acts
from capecontrol.core.wording import Data, Title, Wording


def _of(template: str) -> Title:
    """Return the wording of an act on a proposal, by its code and title; by its version alone where it has none."""

    def say(data: Data) -> str:
        code = data.get("record_code") or f"v{data.get('version', '…')}"
        return template.format(proposal=f"proposal {code}: {data.get('title', '…')}")

    return Wording(frozenset({"record_code", "version", "title"}), say)


AUDIT_AREAS = (
    AuditArea(
        "proposal.",
        "Proposals",
        {
            "proposal.created": _of("Drafted {proposal}"),
            "proposal.updated": _of("Edited {proposal}"),
            "proposal.sent": _of("Sent {proposal}"),
            "proposal.sent_again": _of("Resent {proposal}"),
            "proposal.not_delivered": _of("Failed to deliver {proposal}"),
            "proposal.approved": _of("Approved {proposal}"),
            "proposal.changes_requested": _of("Requested changes to {proposal}"),
            "proposal.declined": _of("Declined {proposal}"),
            "proposal.expired": _of("Marked {proposal} as expired"),
            "proposal.dismissed": _of("Dismissed the follow-up on {proposal}"),
            "proposal.dismissal_undone": _of("Resumed the follow-up on {proposal}"),
            **export_acts("proposal", "proposals"),
        },
    ),
)
