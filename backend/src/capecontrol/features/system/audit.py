"""What the audit log says of acts on messages that were not delivered."""

from capecontrol.core.audit import AuditArea, export_acts
from capecontrol.core.wording import phrase

AUDIT_AREAS = (
    AuditArea(
        "outbox.",
        "Deliveries",
        {
            "outbox.message_revived": phrase("Retried an undelivered message"),
            "outbox.message_hastened": phrase("Retried a message before its time"),
            **export_acts("outbox", "undelivered messages"),
        },
    ),
)
