"""An index of what was approved, from which a client's dashboard finds and sums up what is not paid yet.

Revision: 20261122_0050, after 20261122_0045

That a proposal is paid stands among the payment intents, which have such an index already; with both, neither table is
read. It is built beside the traffic.
"""

from alembic import op

revision = "20261122_0050"
down_revision = "20261122_0045"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

COLUMNS = "proposals (org_id, updated_at, id) include (currency, total) where status = 'APPROVED'"


def upgrade() -> None:
    """Build it. An attempt that broke off leaves an index that does not count."""
    with op.get_context().autocommit_block():
        op.execute("drop index concurrently if exists ix_proposals_approved")
        op.execute(f"create index concurrently ix_proposals_approved on {COLUMNS}")


def downgrade() -> None:
    """Drop it."""
    with op.get_context().autocommit_block():
        op.execute("drop index concurrently if exists ix_proposals_approved")
