"""Making the audit log's months gives up after half a second, so that nobody who reads the log waits for it longer.

Revision: 20261121_0850, after 20261121_0841

Attaching a month locks the default partition against readers. Behind a long export the function waited without end,
and every later reader of the log behind it.
"""

from alembic import op

revision = "20261121_0850"
down_revision = "20261121_0841"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"


def upgrade() -> None:
    """Bound the wait."""
    op.execute("alter function app.make_audit_partitions(integer) set lock_timeout = '500ms'")


def downgrade() -> None:
    """Wait without end again."""
    op.execute("alter function app.make_audit_partitions(integer) reset lock_timeout")
