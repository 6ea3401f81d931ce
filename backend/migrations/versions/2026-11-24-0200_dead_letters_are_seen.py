"""A dead letter knows when an operator saw it: only then is it deleted by age.

Revision: 20261124_0200, after 20261123_1450

Letters that are dead today count as unseen.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0200"
down_revision = "20261123_1450"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"


def upgrade() -> None:
    """Add the column, without a default: no row is written."""
    op.add_column("outbox", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("outbox", "seen_at")
