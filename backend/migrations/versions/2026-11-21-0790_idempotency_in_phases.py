"""Idempotency keys of actions in phases: a lease while an attempt is under way, and the answer's headers.

Revision ID: 20261121_0790
Revises: 20261121_0700

Adds three columns that may be empty; a release that does not know them goes on as before.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261121_0790"
down_revision = "20261121_0700"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("idempotency_keys", sa.Column("headers", sa.Text(), nullable=True))
    op.add_column("idempotency_keys", sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("idempotency_keys", sa.Column("lease_token", sa.UUID(), nullable=True))


def downgrade() -> None:
    # The release before could neither answer nor resume them.
    op.execute("delete from idempotency_keys where status is null or lease_token is not null")
    op.drop_column("idempotency_keys", "lease_token")
    op.drop_column("idempotency_keys", "lease_until")
    op.drop_column("idempotency_keys", "headers")
