"""A project knows when its proposal expires, and a proposal that came to nothing can be dismissed.

Revision: 20261123_1440, after 20261123_0013

A project said "awaiting decision" until the sweep had written that its proposal's time was over. What asks for attention on
dashboards is found by the same indexes as before, without what was dismissed.

Code of before goes on and writes none of it: the project of what it sends tells of the end as soon as the sweep has written it.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123_1440"
down_revision = "20261123_0013"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

FROM_PROPOSALS = """
update projects set proposal_valid_until = newest.valid_until
from (
    select distinct on (org_id, project_id) org_id, project_id, valid_until from proposals
    where status <> 'DRAFT'
    order by org_id, project_id, version desc
) as newest
where projects.org_id = newest.org_id and projects.id = newest.project_id and projects.proposal_status = 'SENT'
"""
ASKING = {
    "ix_proposals_changes_requested": "status = 'CHANGES_REQUESTED'",
    "ix_proposals_ended": "status in ('DECLINED', 'EXPIRED')",
}


def upgrade() -> None:
    """Add the columns, fill the project's, and leave what is dismissed out of the indexes."""
    op.add_column("projects", sa.Column("proposal_valid_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("proposals", sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("proposals", sa.Column("client_dismissed_at", sa.DateTime(timezone=True), nullable=True))
    # Row-level security binds the tables' owner as well.
    op.execute("select set_config('role', 'capecontrol_system', true)")
    op.execute(FROM_PROPOSALS)
    op.execute("select set_config('role', 'none', true)")
    for name, asks in ASKING.items():
        op.drop_index(name, "proposals")
        condition = sa.text(f"{asks} and dismissed_at is null")
        op.create_index(name, "proposals", ["updated_at", "id"], postgresql_where=condition)


def downgrade() -> None:
    """Take it all back."""
    for name, asks in ASKING.items():
        op.drop_index(name, "proposals")
        op.create_index(name, "proposals", ["updated_at", "id"], postgresql_where=sa.text(asks))
    op.drop_column("proposals", "client_dismissed_at")
    op.drop_column("proposals", "dismissed_at")
    op.drop_column("projects", "proposal_valid_until")
