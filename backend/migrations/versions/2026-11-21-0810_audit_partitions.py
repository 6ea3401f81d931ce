"""The audit log takes the shape that later releases need, while it is small: partitions by month, and new columns.

Revision: 20261121_0810, after 20261121_0800

Adds the transaction that wrote an event, the app and the producer's own id for events that apps will send, OPERATOR
among the types of actor, and a month's partition for each month. Rows are moved; release 0.1.0 goes on inserting
and reading through the table's name.

Partitions stand in a schema of their own that no role may enter: the only way to them is through the table, whose
policies and grants hold. Their rows are guarded twice all the same, against the owner's own mistakes.

Undoing it moves the rows back. What 0.1.0 does not know becomes what it wrote: OPERATOR is USER again, and people's
addresses stand in the label.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "20261121_0810"
down_revision = "20261121_0800"
branch_labels = None
depends_on = None

#: The next months, so that a schedule that stands still for weeks does no harm.
MONTHS_AHEAD = 3

INDEXES = {
    "ix_audit_events_actor_id_occurred_at": "(actor_id, occurred_at)",
    "ix_audit_events_occurred_at_id": "(occurred_at, id)",
    "ix_audit_events_org_id_occurred_at": "(org_id, occurred_at, id)",
    "ix_audit_events_resource": "(resource_type, resource_id, occurred_at)",
}

#: Nobody reads or changes a partition but through the table.
GUARD_PARTITION = """
create function app.guard_audit_partition(partition text) returns void language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('alter table partitions.%I enable row level security', partition);
  execute format('alter table partitions.%I force row level security', partition);
  execute format(
    'create trigger audit_events_append_only before update or delete or truncate on partitions.%I '
    'for each statement execute function app.refuse_change()', partition
  );
end
$$
"""

#: Made beside the table and then attached: attaching does not wait for those who write. Rows that came before their
#: month was made lie in the default partition and move, which its guard lets only its owner do, in here.
MAKE_PARTITION = """
create function app.make_audit_partition(month date) returns boolean language plpgsql
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

#: What the schedule calls: with the owner's rights, for the system role makes no tables.
MAKE_PARTITIONS = """
create function app.make_audit_partitions(months_ahead integer) returns integer language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
declare
  made integer := 0;
  ahead integer;
begin
  for ahead in 0 .. least(months_ahead, 24) loop
    if app.make_audit_partition((date_trunc('month', now() at time zone 'UTC') + make_interval(months => ahead))::date)
    then
      made := made + 1;
    end if;
  end loop;
  return made;
end
$$
"""

#: What 0.1.0 has, without the new columns.
COLUMNS = (
    "id, org_id, occurred_at, actor_type, actor_id, actor_label, action, resource_type, resource_id, outcome, "
    "ip_address, request_id, metadata, created_at"
)
MOVE_BACK = f"""
insert into audit_events ({COLUMNS})
select e.id, e.org_id, e.occurred_at, case e.actor_type when 'OPERATOR' then 'USER' else e.actor_type end, e.actor_id,
  coalesce(nullif(e.actor_label, ''), u.email, ''), e.action, e.resource_type, e.resource_id, e.outcome, e.ip_address,
  e.request_id, e.metadata, e.created_at
from audit_events_past e left join users u on u.id::text = e.actor_id
"""
#: Also those that say NOT NULL: from PostgreSQL 18 on they have names.
RENAME_CONSTRAINTS = """
do $$ declare name text; begin
  for name in select conname from pg_constraint where conrelid = 'audit_events_past'::regclass loop
    execute format('alter table audit_events_past rename constraint %I to %I', name, 'past_' || name);
  end loop;
end $$
"""
APPEND_ONLY = (
    "create trigger audit_events_append_only before update or delete or truncate on audit_events "
    "for each statement execute function app.refuse_change()"
)


def run(*statements: str) -> None:
    """Run statements as they stand: no bind parameters, no percent signs to escape."""
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def protect(table: str, *, owner: str | None, system: str, runtime: str = "", signin: str = "") -> None:
    """Turn on row-level security, grant each role its words, and let the runtime role see its organization's rows only.

    Args:
        table: its name.
        owner: the column that tells whose row it is (`org_id`), or None where no organization owns rows.
        system, runtime, signin: words of `select insert update delete`, as the model's `access` says.
    """
    run(f"alter table {table} enable row level security", f"alter table {table} force row level security")
    for name, words in (("runtime", runtime), ("signin", signin), ("system", system)):
        if not words:
            continue
        rows = f"{owner} = (select app.current_org())" if name == "runtime" and owner else "true"
        run(f"grant {', '.join(words.split())} on {table} to capecontrol_{name}")
        run(f"create policy {name} on {table} for all to capecontrol_{name} using ({rows}) with check ({rows})")


def columns() -> list[sa.Column[object]]:
    """Return what the table has before and after."""
    return [
        sa.Column("org_id", sa.UUID(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_type", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("actor_label", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("resource_type", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("ip_address", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("metadata", postgresql.JSONB(astext_type=Text()), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("outcome in ('SUCCESS', 'FAILURE', 'DENIED')", name=op.f("ck_audit_events_outcome")),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_audit_events_org_id")),
    ]


def set_aside() -> None:
    """Rename the table, and free the names of what belongs to it."""
    run("drop trigger audit_events_append_only on audit_events", "alter table audit_events rename to audit_events_past")
    run(*(f"drop index {name}" for name in INDEXES), RENAME_CONSTRAINTS)


def complete() -> None:
    """Index the filled table, and let nobody change it."""
    run(*(f"create index {name} on audit_events {on}" for name, on in INDEXES.items()), APPEND_ONLY)


def upgrade() -> None:
    """Make the partitioned table under the same name, and move the rows."""
    set_aside()
    run("create schema partitions")
    op.create_table(
        "audit_events",
        *columns(),
        sa.Column("app_id", sa.UUID(), nullable=True),
        sa.Column("producer_id", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "actor_type in ('USER', 'OPERATOR', 'APP', 'SYSTEM', 'ANONYMOUS')", name=op.f("ck_audit_events_actor_type")
        ),
        sa.PrimaryKeyConstraint("id", "occurred_at", name=op.f("pk_audit_events")),
        postgresql_partition_by="RANGE (occurred_at)",
    )
    run("alter table audit_events add column transaction_id xid8 not null default pg_current_xact_id()")
    protect("audit_events", owner="org_id", runtime="select insert", signin="insert", system="select insert")
    run(
        GUARD_PARTITION,
        MAKE_PARTITION,
        MAKE_PARTITIONS,
        "revoke all on function app.guard_audit_partition(text) from public",
        "revoke all on function app.make_audit_partition(date) from public",
        "revoke all on function app.make_audit_partitions(integer) from public",
        "grant execute on function app.make_audit_partitions(integer) to capecontrol_system",
        "create table partitions.audit_events_default partition of audit_events default",
        "select app.guard_audit_partition('audit_events_default')",
    )
    # Row-level security binds the tables' owner as well, so rows are read and written as the system.
    run("select set_config('role', 'capecontrol_system', true)")
    months = op.get_bind().exec_driver_sql(
        "select distinct date_trunc('month', occurred_at at time zone 'UTC')::date::text from audit_events_past"
    )
    past = sorted(months.scalars())
    run("select set_config('role', 'none', true)")
    run(*(f"select app.make_audit_partition('{month}')" for month in past))
    run(f"select app.make_audit_partitions({MONTHS_AHEAD})")
    run(
        "select set_config('role', 'capecontrol_system', true)",
        f"insert into audit_events ({COLUMNS}) select {COLUMNS} from audit_events_past",
        "select set_config('role', 'none', true)",
        "drop table audit_events_past",
    )
    complete()


def downgrade() -> None:
    """Move the rows back into a table without partitions, as 0.1.0 wrote them."""
    set_aside()
    op.create_table("audit_events", *columns(), sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_events")))
    protect("audit_events", owner="org_id", runtime="select insert", signin="insert", system="select insert")
    run(
        "select set_config('role', 'capecontrol_system', true)",
        MOVE_BACK,
        "select set_config('role', 'none', true)",
        "drop table audit_events_past",
        "drop function app.make_audit_partitions(integer)",
        "drop function app.make_audit_partition(date)",
        "drop function app.guard_audit_partition(text)",
        "drop schema partitions",
    )
    complete()
