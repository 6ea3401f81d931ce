"""A project keeps what has come of the newest proposal that was sent for it.

Revision: 20261123_0010, after 20261122_0410

Lists called five situations "Proposed". What stands with the projects is taken from their proposals.

Code of before goes on and writes none: until its project's next proposal is sent or answered, the project says of a
proposal of that time what it said before.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0010"
down_revision = "20261122_0410"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

STATUSES = "'SENT', 'APPROVED', 'CHANGES_REQUESTED', 'DECLINED', 'EXPIRED'"
FROM_PROPOSALS = f"""
update projects set proposal_status = newest.status
from (
    select distinct on (org_id, project_id) org_id, project_id, status from proposals
    where status in ({STATUSES})
    order by org_id, project_id, version desc
) as newest
where projects.org_id = newest.org_id and projects.id = newest.project_id
"""


def upgrade() -> None:
    """Add the column, and fill it."""
    op.add_column("projects", sa.Column("proposal_status", sa.Text(), nullable=True))
    op.create_check_constraint(op.f("ck_projects_proposal_status"), "projects", f"proposal_status in ({STATUSES})")
    # Row-level security binds the tables' owner as well.
    op.execute("select set_config('role', 'capecontrol_system', true)")
    op.execute(FROM_PROPOSALS)
    op.execute("select set_config('role', 'none', true)")


def downgrade() -> None:
    """Drop it."""
    op.drop_column("projects", "proposal_status")
