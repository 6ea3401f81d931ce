"""A session notes when its person typed the password again, for what asks for it.

Revision: 20261122_0300, after 20261122_0251

Code of before neither reads nor writes it.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0300"
down_revision = "20261122_0251"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"


def upgrade() -> None:
    """Add the column."""
    op.add_column("sessions", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop it: whoever had confirmed does so again."""
    op.drop_column("sessions", "confirmed_at")
