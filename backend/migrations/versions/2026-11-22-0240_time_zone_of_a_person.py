"""A person's own time zone: staff had nowhere to keep one, and a client's stood among the answers of the onboarding.

Revision: 20261122_0240, after 20261122_0230

Nothing is copied: who chose none since is shown times by the onboarding's, which the code before goes on writing.
"""

from alembic import op

revision = "20261122_0240"
down_revision = "20261122_0230"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"


def upgrade() -> None:
    """Add the column, empty: no row is written anew."""
    op.get_bind().exec_driver_sql("alter table users add column timezone text")


def downgrade() -> None:
    """Drop it; the choices that people made are gone."""
    op.get_bind().exec_driver_sql("alter table users drop column timezone")
