"""A proposal keeps the name of whoever decided on it, as it was then.

Revision: 20261123_0011, after 20261123_0010

Only the name that somebody typed to approve was kept; whoever declined or asked for changes was an id. Decisions of before
get the name that the person has today; of people who are gone nothing is known.

Code of before goes on and writes none: its decisions are told without a name.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0011"
down_revision = "20261123_0010"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

NAMES_OF_TODAY = """
update proposals set decided_by_name = users.full_name
from users
where users.id = proposals.decided_by and users.full_name <> ''
"""


def upgrade() -> None:
    """Add the column, and fill it."""
    op.add_column("proposals", sa.Column("decided_by_name", sa.Text(), nullable=True))
    # Row-level security binds the tables' owner as well.
    op.execute("select set_config('role', 'capecontrol_system', true)")
    op.execute(NAMES_OF_TODAY)
    op.execute("select set_config('role', 'none', true)")


def downgrade() -> None:
    """Drop it."""
    op.drop_column("proposals", "decided_by_name")
