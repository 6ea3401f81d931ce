"""A removed workflow that could not be deleted at its server says so.

Revision: 20261124_1020, after 20261124_1010

Code of before gives such a removal up without a word, as it did.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1020"
down_revision = "20261124_1010"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"


def upgrade() -> None:
    """Add the column and the index of those that are told."""
    op.add_column("workflow_instances", sa.Column("still_runs_at", sa.Text(), nullable=True))
    op.create_index(
        "ix_workflow_instances_left",
        "workflow_instances",
        ["updated_at", "id"],
        postgresql_where=sa.text("still_runs_at is not null"),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_workflow_instances_left", "workflow_instances")
    op.drop_column("workflow_instances", "still_runs_at")
