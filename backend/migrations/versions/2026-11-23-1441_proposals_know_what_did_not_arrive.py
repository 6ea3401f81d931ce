"""A proposal keeps which of its e-mails did not arrive, the link to send again, and the digest of its document.

Revision: 20261123_1441, after 20261123_1440

A version whose mail was refused read "Awaiting decision" like any other. What was sent before this has no link that could
be sent again, since its token was kept as a hash alone: sent again, it gets another one.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261123_1441"
down_revision = "20261123_1440"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"


def upgrade() -> None:
    """Add the columns, and the index by which the dashboard finds what did not arrive."""
    op.add_column("proposals", sa.Column("viewing_token_sealed", sa.Text(), nullable=True))
    op.add_column("proposals", sa.Column("pdf_sha256", sa.Text(), nullable=True))
    op.add_column(
        "proposals",
        sa.Column("undelivered", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.create_index(
        "ix_proposals_undelivered",
        "proposals",
        ["updated_at", "id"],
        postgresql_where=sa.text("status = 'SENT' and undelivered <> '{}'"),
    )


def downgrade() -> None:
    """Take it all back."""
    op.drop_index("ix_proposals_undelivered", "proposals")
    op.drop_column("proposals", "undelivered")
    op.drop_column("proposals", "pdf_sha256")
    op.drop_column("proposals", "viewing_token_sealed")
