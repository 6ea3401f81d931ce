"""Payments that have been on their way for long are found by an index.

Revision: 20261124_1010, after 20261124_1000

Operators are told of them. Code of before asks for none.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1010"
down_revision = "20261124_1000"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"


def upgrade() -> None:
    """Add the index."""
    op.create_index(
        "ix_proposals_payment_processing",
        "proposals",
        ["payment_progress_at", "id"],
        postgresql_where=sa.text("payment_progress = 'PROCESSING' and paid_at is null"),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_proposals_payment_processing", "proposals")
