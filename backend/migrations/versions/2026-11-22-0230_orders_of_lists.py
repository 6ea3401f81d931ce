"""Indexes for every order that a list has, for the members of an organization and for staff.

Revision: 20261122_0230, after 20261122_0225

Each is built beside the traffic. The earlier one of invoices is answered by a new one that begins alike: it is dropped,
once that one is there.
"""

from alembic import op

revision = "20261122_0230"
down_revision = "20261122_0225"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

TITLE = 'lower(title collate "C")'
NAME = 'lower(template_name collate "C")'
CODE = """("left"(code collate "C", 9) || lpad(substr(code, 10), 9, '0'))"""
END = r"coalesce(valid_until, '9999-12-31 00\:00\:00+00'::timestamptz)"
INDEXES = {
    "ix_projects_org_id_updated_at_id": "projects (org_id, updated_at, id)",
    "ix_projects_updated_at_id": "projects (updated_at, id)",
    "ix_projects_org_id_code_order_id": f"projects (org_id, {CODE}, id)",
    "ix_projects_code_order_id": f"projects ({CODE}, id)",
    "ix_projects_org_id_title_id": f"projects (org_id, {TITLE}, id)",
    "ix_projects_title_id": f"projects ({TITLE}, id)",
    "ix_proposals_org_id_updated_at_id": "proposals (org_id, updated_at, id)",
    "ix_proposals_updated_at_id": "proposals (updated_at, id)",
    "ix_proposals_org_id_title_id": f"proposals (org_id, {TITLE}, id)",
    "ix_proposals_title_id": f"proposals ({TITLE}, id)",
    "ix_proposals_org_id_total_id": "proposals (org_id, total, id)",
    "ix_proposals_total_id": "proposals (total, id)",
    "ix_proposals_org_id_end_id": f"proposals (org_id, {END}, id)",
    "ix_proposals_end_id": f"proposals ({END}, id)",
    "ix_invoices_org_id_created_at_id": "invoices (org_id, created_at, id)",
    "ix_invoices_org_id_year_sequence_id": "invoices (org_id, year, sequence, id)",
    "ix_invoices_org_id_issued_at_id": "invoices (org_id, issued_at, id)",
    "ix_invoices_issued_at_id": "invoices (issued_at, id)",
    "ix_invoices_org_id_total_id": "invoices (org_id, total, id)",
    "ix_invoices_total_id": "invoices (total, id)",
    "ix_payments_org_id_amount_id": "payments (org_id, amount, id)",
    "ix_payments_amount_id": "payments (amount, id)",
    "ix_workflow_instances_org_id_name_id": f"workflow_instances (org_id, {NAME}, id)",
    "ix_workflow_instances_name_id": f"workflow_instances ({NAME}, id)",
    "ix_executions_workflow_id_started_at_id": "executions (workflow_id, started_at, id)",
    "ix_organizations_name_id": 'organizations (lower(name collate "C"), id)',
}
REPLACED = {"ix_invoices_org_id_created_at": "invoices (org_id, created_at)"}


def build(indexes: dict[str, str]) -> None:
    """Build indexes one after the other. An attempt that broke off leaves an index that does not count."""
    for name, columns in indexes.items():
        op.execute(f"drop index concurrently if exists {name}")
        op.execute(f"create index concurrently {name} on {columns}")


def drop(indexes: dict[str, str]) -> None:
    """Drop indexes; a repeated attempt finds some of them gone."""
    for name in indexes:
        op.execute(f"drop index concurrently if exists {name}")


def upgrade() -> None:
    """Build the new ones, then drop that which one of them replaces."""
    with op.get_context().autocommit_block():
        build(INDEXES)
        drop(REPLACED)


def downgrade() -> None:
    """Build the earlier one again, then drop the others."""
    with op.get_context().autocommit_block():
        build(REPLACED)
        drop(INDEXES)
