"""Months that were never made get their partition: what is left of them in the audit log's default one moves there.

Revision: 20261121_0870, after 20261121_0860

The schedule makes this month and the next ones. A month that it missed altogether was never made afterwards.
"""

from alembic import op

revision = "20261121_0870"
down_revision = "20261121_0860"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

#: With the owner's rights, as what makes the months to come. Which months hold events, the caller sees in the table.
PLACE_EVENTS = """
create function app.place_audit_events(months date[]) returns integer language plpgsql
security definer set search_path = pg_catalog, pg_temp set lock_timeout = '500ms'
as $$
declare
  made integer := 0;
  month date;
begin
  foreach month in array months[1:24] loop
    if app.make_audit_partition(month) then
      made := made + 1;
    end if;
  end loop;
  return made;
end
$$
"""


def upgrade() -> None:
    """Let the system role ask for given months."""
    op.execute(PLACE_EVENTS)
    op.execute("revoke all on function app.place_audit_events(date[]) from public")
    op.execute("grant execute on function app.place_audit_events(date[]) to capecontrol_system")


def downgrade() -> None:
    """Leave the missed months where they are."""
    op.execute("drop function app.place_audit_events(date[])")
