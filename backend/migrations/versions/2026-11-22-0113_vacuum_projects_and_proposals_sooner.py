"""Projects and proposals are vacuumed when a fiftieth of them has changed, not a fifth.

Revision: 20261122_0113, after 20261122_0112

Staff count them by status in indexes, without the rows, as long as PostgreSQL knows of the pages that all may see what
is on them; vacuuming tells it so. With one change in twelve rows the operator's dashboard took 18 ms of PostgreSQL's
time, of which 10 ms went to look at 6,000 pages of projects.
"""

from alembic import op

revision = "20261122_0113"
down_revision = "20261122_0112"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

TABLES = ("projects", "proposals")
#: Whoever runs the installation may have a share of their own, which stays. It waits for nobody who reads or writes, but
#: for a VACUUM or an index that is being made.
SET_UNLESS_GIVEN = """
do $$ begin
  if not exists (
    select from pg_class, unnest(reloptions) as option
    where oid = '{table}'::regclass and option like 'autovacuum_vacuum_scale_factor=%'
  ) then
    alter table {table} set (autovacuum_vacuum_scale_factor = 0.02);
  end if;
end $$
"""
RESET_WHAT_WAS_SET = """
do $$ begin
  if exists (
    select from pg_class, unnest(reloptions) as option
    where oid = '{table}'::regclass and option = 'autovacuum_vacuum_scale_factor=0.02'
  ) then
    alter table {table} reset (autovacuum_vacuum_scale_factor);
  end if;
end $$
"""


def run(statement: str) -> None:
    """Run a statement for each table, as it stands: it has percent signs of its own."""
    for table in TABLES:
        op.get_bind().exec_driver_sql(statement.replace("{table}", table))


def upgrade() -> None:
    """Set the share of changed rows."""
    run(SET_UNLESS_GIVEN)


def downgrade() -> None:
    """Leave it to the server's setting."""
    run(RESET_WHAT_WAS_SET)
