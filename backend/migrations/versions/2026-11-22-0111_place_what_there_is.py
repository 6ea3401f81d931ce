"""Months of the audit log are made afterwards only where the default partition holds events of theirs.

Revision: 20261122_0111, after 20261122_0110

Whoever held the system role could make months that nothing happened in, two dozen a call, back to 4000 BC, until each
plan over the log had thousands of partitions to look at. Events with such dates stay in the default partition.
"""

from alembic import op

revision = "20261122_0111"
down_revision = "20261122_0110"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

#: Row-level security binds the owner as well, who may look into the default partition while it does not; the next month
#: finds it bound again, since what makes a partition binds it.
PLACE_EVENTS = """
create or replace function app.place_audit_events(months date[]) returns integer language plpgsql
security definer set search_path = pg_catalog, pg_temp set lock_timeout = '500ms'
as $$
declare
  made integer := 0;
  month date;
  begins timestamptz;
  ends timestamptz;
  is_held boolean;
begin
  foreach month in array months[1:24] loop
    continue when month < '2000-01-01' or month > (now() + interval '2 years')::date;
    begins := date_trunc('month', month::timestamp) at time zone 'UTC';
    ends := (date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC';
    alter table partitions.audit_events_default no force row level security;
    is_held := exists (
      select from partitions.audit_events_default where occurred_at >= begins and occurred_at < ends
    );
    alter table partitions.audit_events_default force row level security;
    if is_held and app.make_audit_partition(month) then
      made := made + 1;
    end if;
  end loop;
  return made;
end
$$
"""

#: As 0870 made it.
PLACE_EVENTS_OF_ANY_MONTH = """
create or replace function app.place_audit_events(months date[]) returns integer language plpgsql
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
    """Make what holds events."""
    op.execute(PLACE_EVENTS)


def downgrade() -> None:
    """Make whatever is asked for."""
    op.execute(PLACE_EVENTS_OF_ANY_MONTH)
