"""A proposal of an archived project is closed.

Revision: 20261124_1000, after 20261124_0210

A client could approve and pay a proposal whose project had been archived. The database itself closes a project's proposals
in the transaction that archives it, and opens them again with it, whatever release does so. Code of before goes on as it
did: it lets clients decide on closed ones, too.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1000"
down_revision = "20261124_0210"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

CLOSE_PROPOSALS = """
create function app.close_proposals() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  update public.proposals set is_closed = (new.status = 'ARCHIVED')
  where org_id = new.org_id and project_id = new.id and is_closed <> (new.status = 'ARCHIVED');
  return null;
end $$
"""
PROPOSALS_CLOSED = (
    "create trigger projects_archived after update of status on projects for each row "
    "when ((old.status = 'ARCHIVED') <> (new.status = 'ARCHIVED')) execute function app.close_proposals()"
)
OF_ARCHIVED = """
update proposals set is_closed = true
from projects
where projects.org_id = proposals.org_id and projects.id = proposals.project_id and projects.status = 'ARCHIVED'
"""
INDEXES = {
    "ix_proposals_sent": (["valid_until"], "status = 'SENT'"),
    "ix_proposals_to_pay": (["org_id", "updated_at", "id"], "status = 'APPROVED' and paid_at is null"),
}


def replace_indexes(condition: str) -> None:
    """Make the indexes of what waits for a client anew, of what meets a further condition."""
    for name, (columns, where) in INDEXES.items():
        op.drop_index(name, "proposals")
        op.create_index(
            name,
            "proposals",
            columns,
            postgresql_include=["currency", "total"],
            postgresql_where=sa.text(where + condition),
        )


def upgrade() -> None:
    """Add the column and what writes it, fill it, and leave what is closed out of the indexes of what waits."""
    op.add_column("proposals", sa.Column("is_closed", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.execute(CLOSE_PROPOSALS)
    op.execute(PROPOSALS_CLOSED)
    # Row-level security binds the tables' owner as well.
    op.execute("select set_config('role', 'capecontrol_system', true)")
    op.execute(OF_ARCHIVED)
    op.execute("select set_config('role', 'none', true)")
    replace_indexes(" and not is_closed")


def downgrade() -> None:
    """Take it all back."""
    replace_indexes("")
    op.execute("drop trigger projects_archived on projects")
    op.execute("drop function app.close_proposals()")
    op.drop_column("proposals", "is_closed")
