"""What the audit log says of acts on many things at once."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.wording import phrase

AUDIT_AREAS = (
    AuditArea(
        "bulk_operation.",
        "Bulk operations",
        {
            "bulk_operation.started": phrase("Started a bulk operation on {total} items"),
            "bulk_operation.finished": phrase("Finished a bulk operation on {total} items"),
            "bulk_operation.cancelled": phrase("Cancelled a bulk operation on {total} items"),
            "bulk_operation.stopped": phrase("A bulk operation on {total} items was stopped"),
        },
    ),
)
