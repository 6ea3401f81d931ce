"""Late events of organizations get their month's partition, too.

Revision: 20261122_0112, after 20261122_0111

Attaching a filled partition checks its foreign keys in one query, with the rights of the tables' owner. Row-level
security binds the owner as well, so that the query found none of the organizations, and the month was never placed. A
key that the partition has before its rows is checked row by row, as every insert is, and attaching takes it over.
"""

from alembic import op

revision = "20261122_0112"
down_revision = "20261122_0111"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

MAKE_PARTITION = """
create or replace function app.make_audit_partition(month date) returns boolean language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  partition text := 'audit_events_' || to_char(month, 'YYYY_MM');
  begins timestamptz := date_trunc('month', month::timestamp) at time zone 'UTC';
  ends timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC';
begin
  perform pg_advisory_xact_lock(hashtext('app.make_audit_partition'));
  if to_regclass('partitions.' || partition) is not null then
    return false;
  end if;
  execute format(
    'create table partitions.%I (like public.audit_events including defaults including constraints)', partition
  );
  {key}alter table partitions.audit_events_default no force row level security;
  if exists (select from partitions.audit_events_default where occurred_at >= begins and occurred_at < ends) then
    alter table partitions.audit_events_default disable trigger audit_events_append_only;
    execute format(
      'with moved as (delete from partitions.audit_events_default where occurred_at >= %L and occurred_at < %L '
      'returning *) insert into partitions.%I select * from moved', begins, ends, partition
    );
    alter table partitions.audit_events_default enable trigger audit_events_append_only;
  end if;
  alter table partitions.audit_events_default force row level security;
  execute format(
    'alter table public.audit_events attach partition partitions.%I for values from (%L) to (%L)',
    partition, begins, ends
  );
  perform app.guard_audit_partition(partition);
  return true;
end
$$
"""
KEY = """execute format(
    'alter table partitions.%I add constraint fk_audit_events_org_id foreign key (org_id) '
    'references public.organizations (id)', partition
  );
  """


def make_partition(key: str) -> None:
    """Define the function; its text has percent signs of its own."""
    op.get_bind().exec_driver_sql(MAKE_PARTITION.replace("{key}", key))


def upgrade() -> None:
    """Give a partition its key before its rows."""
    make_partition(KEY)


def downgrade() -> None:
    """Check the key when attaching, as 0810 does."""
    make_partition("")
