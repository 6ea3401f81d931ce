"""Who may read the audit log."""

from tests.security.row import ELSE, SIGNED_IN, Row

ROWS = (
    Row("list_audit_events", SIGNED_IN, {200: "OPE AUD", 403: ELSE}, fuzz={200, 400, 422}),
    Row("export_audit_events", SIGNED_IN, {200: "OPE AUD", 403: ELSE}, fuzz={200, 400, 422}),
    Row("list_audited_organizations", SIGNED_IN, {200: "OPE AUD", 403: ELSE}, fuzz={200, 400, 422}),
    Row("list_audit_areas", SIGNED_IN, {200: "OPE AUD", 403: ELSE}, fuzz={200, 422}),
)
