"""A try to confirm a session is counted by that session: strangers who sign in wrongly keep nobody from confirming.

Revision: 20261122_0325, after 20261122_0320

Code of before counts such tries by address, as it counts every other.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0325"
down_revision = "20261122_0320"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"


def upgrade() -> None:
    """Add the column."""
    op.add_column("login_attempts", sa.Column("session_id", sa.UUID(), nullable=True))
    op.create_index(
        "ix_login_attempts_session_id_created_at",
        "login_attempts",
        ["session_id", "created_at"],
        postgresql_where=sa.text("session_id is not null"),
    )


def downgrade() -> None:
    """Drop it: the tries count by address again."""
    op.drop_index("ix_login_attempts_session_id_created_at", table_name="login_attempts")
    op.drop_column("login_attempts", "session_id")
