"""What the audit log says of acts on organizations."""

from capecontrol.core.audit import AuditArea, export_acts
from capecontrol.core.wording import phrase

AUDIT_AREAS = (
    AuditArea(
        "organization.",
        "Organizations",
        {
            "organization.created": phrase("Created the organization {name}"),
            **export_acts("organization", "organizations"),
        },
    ),
)
