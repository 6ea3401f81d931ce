"""Indexes in the order of the lists, so that a list costs staff the same however many organizations there are.

Revision: 20261122_0040, after 20261122_0031

Each is built beside the traffic. Three earlier ones are answered by a new one that begins alike: they are dropped, once
that one is there.
"""

from alembic import op

revision = "20261122_0040"
down_revision = "20261122_0031"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

INDEXES = {
    "ix_proposals_status_created_at_id": "proposals (status, created_at, id)",
    "ix_proposals_project_id_created_at_id": "proposals (project_id, created_at, id)",
    "ix_proposals_org_id_status_updated_at_id": "proposals (org_id, status, updated_at, id)",
    "ix_proposals_sent": "proposals (valid_until) include (currency, total) where status = 'SENT'",
    "ix_proposals_changes_requested": "proposals (updated_at, id) where status = 'CHANGES_REQUESTED'",
    "ix_payments_org_id_received_at_id": "payments (org_id, received_at, id) include (status, currency, amount)",
    "ix_payments_received_at_id": "payments (received_at, id) include (status, currency, amount)",
    "ix_payments_unapplied": "payments (received_at, id) where status = 'UNAPPLIED'",
    "ix_invoices_created_at_id": "invoices (created_at, id)",
    "ix_invoices_status_created_at_id": "invoices (status, created_at, id)",
    "ix_invoices_project_id_created_at_id": "invoices (project_id, created_at, id)",
    "ix_invoices_proposal_id_created_at": "invoices (proposal_id, created_at)",
    "ix_workflow_instances_status_created_at_id": "workflow_instances (status, created_at, id)",
    "ix_executions_created_at_id": "executions (created_at, id)",
    "ix_executions_failed": "executions (started_at) where status in ('ERROR', 'CANCELED')",
    "ix_projects_underway": "projects (org_id, updated_at, id) where status not in ('COMPLETED', 'ARCHIVED')",
}
REPLACED = {
    "ix_proposals_waiting": "proposals (valid_until) where status = 'SENT'",
    "ix_payments_org_id_received_at": "payments (org_id, received_at)",
    "ix_invoices_org_id_project_id": "invoices (org_id, project_id)",
}


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
    """Build the new ones, then drop those that they replace."""
    with op.get_context().autocommit_block():
        build(INDEXES)
        drop(REPLACED)


def downgrade() -> None:
    """Build the earlier ones again, then drop the others."""
    with op.get_context().autocommit_block():
        build(REPLACED)
        drop(INDEXES)
