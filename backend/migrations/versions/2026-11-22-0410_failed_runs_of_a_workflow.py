"""An index of the failed runs of each workflow, by which lists count those of the last days.

Revision: 20261122_0410, after 20261122_0350

It is built beside the traffic, and nothing but the cost of lists depends on it.
"""

from alembic import op

revision = "20261122_0410"
down_revision = "20261122_0350"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"


def upgrade() -> None:
    """Build the index. An attempt that broke off leaves one that does not count."""
    with op.get_context().autocommit_block():
        op.execute("drop index concurrently if exists ix_executions_workflow_id_failed")
        op.execute(
            "create index concurrently ix_executions_workflow_id_failed on executions (workflow_id, started_at) "
            "where status in ('ERROR', 'CANCELED')"
        )


def downgrade() -> None:
    """Drop it."""
    with op.get_context().autocommit_block():
        op.execute("drop index concurrently if exists ix_executions_workflow_id_failed")
