"""Late events of organizations get their month's partition, too.

Revision: 20261122_0112, after 20261122_0111

Attaching a filled partition checks its foreign keys in one query, with the rights of the tables' owner. Row-level
security binds the owner as well, so that the query found none of the organizations, and the month was never placed. A
key that the partition has before its rows is checked row by row, as every insert is, and attaching takes it over.

Adding a key holds up whoever changes an organization until the transaction ends, and moving a month takes seconds. The
first call for a month that holds events therefore only makes its table and key; the next one, in a transaction of its
own, moves and attaches.
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
  is_held boolean;
begin
  perform pg_advisory_xact_lock(hashtext('app.make_audit_partition'));
  if exists (select from pg_inherits where inhrelid = to_regclass('partitions.' || partition)) then
    return false;
  end if;
  alter table partitions.audit_events_default no force row level security;
  is_held := exists (
    select from partitions.audit_events_default where occurred_at >= begins and occurred_at < ends
  );
  if to_regclass('partitions.' || partition) is null then
    execute format(
      'create table partitions.%I (like public.audit_events including defaults including constraints)', partition
    );
    execute format(
      'alter table partitions.%I add constraint fk_audit_events_org_id foreign key (org_id) '
      'references public.organizations (id)', partition
    );
    if is_held then
      alter table partitions.audit_events_default force row level security;
      return false;
    end if;
  end if;
  if is_held then
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

#: As 0810 made it.
MAKE_PARTITION_AT_ONCE = """
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
  alter table partitions.audit_events_default no force row level security;
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

#: What was made and not yet attached: 0810's function takes a month whose table is there for done.
DROP_UNATTACHED = """
do $$ declare name text; begin
  for name in
    select c.relname from pg_class c
    where c.relnamespace = 'partitions'::regnamespace and c.relkind = 'r'
      and not exists (select from pg_inherits where inhrelid = c.oid)
  loop
    execute format('drop table partitions.%I', name);
  end loop;
end $$
"""


def run(statement: str) -> None:
    """Run a statement as it stands: it has percent signs of its own."""
    op.get_bind().exec_driver_sql(statement)


def upgrade() -> None:
    """Give a partition its key before its rows."""
    run(MAKE_PARTITION)


def downgrade() -> None:
    """Check the key when attaching."""
    run(DROP_UNATTACHED)
    run(MAKE_PARTITION_AT_ONCE)
