"""Activity of its own: a table that timelines and dashboards read, filled once from the audit log.

Revision: 20261121_0820, after 20261121_0810

Release 0.1.0 told timelines from the audit log, and goes on doing so while it is replaced. What it records meanwhile
is carried over by the same function, which a job calls until no process of 0.1.0 is left.

Undoing it drops the entries. The audit log still has the acts of 0.1.0 and, with ``project_id`` in their metadata,
those of later releases: going up again carries them over.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "20261121_0820"
down_revision = "20261121_0810"
branch_labels = None
depends_on = None

#: What 0.1.0 told of a project: the acts that concern it itself, and those whose metadata names it. An entry has the
#: id of its event, so that carrying over twice adds nothing. Of the metadata only what the wordings need comes along;
#: a proposal's ``total`` is the ``amount`` of its entry. The roles' policies apply: the caller is the system.
CARRY_OVER = r"""
create function app.carry_over_activity(since timestamptz) returns bigint language sql
set search_path = pg_catalog, public
as $$
  with added as (
    insert into activity_entries (
      id, org_id, occurred_at, kind, visibility, outcome, actor_type, actor_id, actor_name,
      subject_type, subject_id, resource_type, resource_id, data, created_at
    )
    select
      e.id, p.org_id, e.occurred_at, e.action,
      case
        when e.action in (
          'project.updated', 'proposal.created', 'proposal.updated', 'payment.checkout_opened', 'payment.unapplied',
          'workflow.requested', 'workflow.redeployment_requested', 'workflow.deployment_failed'
        ) then 'STAFF'
        else 'CLIENT'
      end,
      e.outcome, e.actor_type,
      case when e.actor_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then e.actor_id::uuid end,
      case when e.actor_type in ('USER', 'OPERATOR') then coalesce(nullif(e.actor_label, ''), u.email) end,
      'project', p.id, e.resource_type,
      case when e.resource_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then e.resource_id::uuid end,
      coalesce(
        (
          select jsonb_object_agg(case m.key when 'total' then 'amount' else m.key end, m.value)
          from jsonb_each(e.metadata) m
          where m.value <> 'null' and m.key in (
            'title', 'to', 'reason', 'version', 'total', 'amount', 'currency', 'message', 'number', 'template', 'status'
          )
        ),
        '{}'
      ),
      e.created_at
    from audit_events e
    join projects p on p.id::text = case e.resource_type
      when 'project' then e.resource_id else e.metadata ->> 'project_id' end
    left join users u on u.id::text = e.actor_id
    where e.occurred_at >= since and e.outcome in ('SUCCESS', 'FAILURE') and e.action in (
      'project.created', 'project.updated', 'project.status_changed',
      'proposal.created', 'proposal.updated', 'proposal.sent', 'proposal.approved', 'proposal.changes_requested',
      'proposal.declined', 'proposal.expired',
      'payment.intended', 'payment.checkout_opened', 'payment.received', 'payment.unapplied', 'invoice.issued',
      'workflow.requested', 'workflow.redeployment_requested', 'workflow.deployed', 'workflow.deployment_failed',
      'workflow.paused', 'workflow.resumed', 'workflow.removed', 'execution.requested', 'execution.finished'
    )
    on conflict (id) do nothing
    returning 1
  )
  select count(*) from added
$$
"""


def protect(table: str, *, owner: str | None, system: str, runtime: str = "", signin: str = "") -> None:
    """Turn on row-level security, grant each role its words, and let the runtime role see its organization's rows only.

    Args:
        table: its name.
        owner: the column that tells whose row it is (`org_id`), or None where no organization owns rows.
        system, runtime, signin: words of `select insert update delete`, as the model's `access` says.
    """
    run = op.get_bind().exec_driver_sql
    run(f"alter table {table} enable row level security")
    run(f"alter table {table} force row level security")
    for name, words in (("runtime", runtime), ("signin", signin), ("system", system)):
        if not words:
            continue
        rows = f"{owner} = (select app.current_org())" if name == "runtime" and owner else "true"
        run(f"grant {', '.join(words.split())} on {table} to capecontrol_{name}")
        run(f"create policy {name} on {table} for all to capecontrol_{name} using ({rows}) with check ({rows})")


def upgrade() -> None:
    """Make the table, and fill it from the audit log."""
    op.create_table(
        "activity_entries",
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("actor_type", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.UUID(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.UUID(), nullable=False),
        sa.Column("resource_type", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.UUID(), nullable=True),
        sa.Column("data", postgresql.JSONB(astext_type=Text()), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("org_id", sa.UUID(), nullable=False),
        sa.CheckConstraint("visibility in ('STAFF', 'CLIENT')", name=op.f("ck_activity_entries_visibility")),
        sa.CheckConstraint("outcome in ('SUCCESS', 'FAILURE')", name=op.f("ck_activity_entries_outcome")),
        sa.CheckConstraint(
            "actor_type in ('USER', 'OPERATOR', 'APP', 'SYSTEM', 'ANONYMOUS')",
            name=op.f("ck_activity_entries_actor_type"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_activity_entries_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_entries")),
    )
    protect("activity_entries", owner="org_id", runtime="select insert", system="select insert")
    run = op.get_bind().exec_driver_sql
    run(CARRY_OVER)
    run("revoke all on function app.carry_over_activity(timestamptz) from public")
    run("grant execute on function app.carry_over_activity(timestamptz) to capecontrol_system")
    # Row-level security binds the tables' owner as well.
    run("select set_config('role', 'capecontrol_system', true)")
    run("select app.carry_over_activity('-infinity')")
    run("select set_config('role', 'none', true)")
    # After the rows: building an index once is cheaper than growing it.
    for name, columns in (
        ("ix_activity_entries_org_id_subject", ["org_id", "subject_type", "subject_id", "occurred_at", "id"]),
        ("ix_activity_entries_subject", ["subject_type", "subject_id", "occurred_at", "id"]),
        ("ix_activity_entries_org_id_occurred_at_id", ["org_id", "occurred_at", "id"]),
        ("ix_activity_entries_occurred_at_id", ["occurred_at", "id"]),
    ):
        op.create_index(name, "activity_entries", columns)


def downgrade() -> None:
    """Drop the table; the audit log keeps the acts."""
    op.get_bind().exec_driver_sql("drop function app.carry_over_activity(timestamptz)")
    op.drop_table("activity_entries")
