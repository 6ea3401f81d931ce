"""What the audit log says of acts on proposals."""

from capecontrol.core.audit import AuditArea, export_acts
from capecontrol.core.wording import phrase

AUDIT_AREAS = (
    AuditArea(
        "proposal.",
        "Proposals",
        {
            "proposal.created": phrase("Drafted proposal v{version}, {title}"),
            "proposal.updated": phrase("Edited proposal v{version}, {title}"),
            "proposal.sent": phrase("Sent proposal v{version}, {title}"),
            "proposal.sent_again": phrase("Sent proposal v{version}, {title}, again"),
            "proposal.not_delivered": phrase("Proposal v{version}, {title}, was not delivered"),
            "proposal.approved": phrase("Approved proposal v{version}, {title}"),
            "proposal.changes_requested": phrase("Requested changes to proposal v{version}, {title}"),
            "proposal.declined": phrase("Declined proposal v{version}, {title}"),
            "proposal.expired": phrase("Proposal v{version}, {title}, expired"),
            "proposal.dismissed": phrase("Dismissed the follow-up on proposal v{version}, {title}"),
            "proposal.dismissal_undone": phrase("Took up the follow-up on proposal v{version}, {title}, again"),
            **export_acts("proposal", "proposals"),
        },
    ),
)
