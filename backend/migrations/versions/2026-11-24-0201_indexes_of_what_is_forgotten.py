"""Indexes by which jobs find what is old enough to be deleted.

Revision: 20261124_0201, after 20261124_0200

They are built beside the traffic, and nothing but the cost of the jobs depends on them.
"""

from alembic import op

revision = "20261124_0201"
down_revision = "20261124_0200"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

INDEXES = {
    "ix_login_attempts_created_at": "login_attempts (created_at)",
    "ix_one_time_tokens_expires_at": "one_time_tokens (expires_at)",
    "ix_sessions_ended_at": "sessions (least(revoked_at, expires_at))",
    "ix_outbox_seen": "outbox (seen_at) where seen_at is not null",
}


def upgrade() -> None:
    """Build the indexes. An attempt that broke off leaves one that does not count."""
    with op.get_context().autocommit_block():
        for name, keys in INDEXES.items():
            op.execute(f"drop index concurrently if exists {name}")
            op.execute(f"create index concurrently {name} on {keys}")


def downgrade() -> None:
    """Drop them."""
    with op.get_context().autocommit_block():
        for name in INDEXES:
            op.execute(f"drop index concurrently if exists {name}")
