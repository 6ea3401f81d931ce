"""What the audit log says of acts on the log itself."""

from capecontrol.core.audit import AuditArea, export_acts

AUDIT_AREAS = (AuditArea("audit.", "Audit log", export_acts("audit", "the audit log")),)
