"""Who acted: the audit log tells staff by their realm, and activity keeps a person's name instead of the address.

Revision: 20261121_0840, after 20261121_0820

``audit_events.actor_type`` says USER of staff again, as 0.1.0 wrote it and can read it; the new column ``actor_realm``
tells them from an organization's people. The API goes on answering OPERATOR.

``activity_entries.actor_name`` held the address of whoever acted. It becomes the name of the person's account as it is
today, and is empty where there is no such account.

Undoing it drops the column and brings the old function back. The names stay: the addresses are gone.
"""

from alembic import op

revision = "20261121_0840"
down_revision = "20261121_0820"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

#: An account that was made without a name has its address there.
NAME = "nullif(split_part(u.full_name, '@', 1), '')"
CARRY_OVER = r"""
create or replace function app.carry_over_activity(since timestamptz) returns bigint language sql
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
      case when e.actor_id ~ '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$' then e.actor_id::uuid end,
      {actor_name},
      'project', p.id, e.resource_type,
      case when e.resource_id ~ '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$' then e.resource_id::uuid end,
      coalesce(
        (
          select jsonb_object_agg(case m.key when 'total' then 'amount' else m.key end, m.value)
          from jsonb_each(e.metadata) m
          where m.value <> 'null' and m.key in (
            'title', 'to', 'reason', 'version', 'total', 'amount', 'currency', 'message', 'number', 'template', 'status'
          )
        ),
        '{{}}'
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
BY_NAME = f"case when e.actor_type in ('USER', 'OPERATOR') then {NAME} end"
BY_ADDRESS = "case when e.actor_type in ('USER', 'OPERATOR') then coalesce(nullif(e.actor_label, ''), u.email) end"

#: Row-level security binds the tables' owner, and no role may change an entry: the right is lent for one statement.
FORGET_ADDRESSES = (
    "grant update (actor_name) on activity_entries to capecontrol_system",
    "select set_config('role', 'capecontrol_system', true)",
    f"update activity_entries a set actor_name = (select {NAME} from users u where u.id = a.actor_id) "
    "where a.actor_name is not null",
    "select set_config('role', 'none', true)",
    "revoke update (actor_name) on activity_entries from capecontrol_system",
)


def run(*statements: str) -> None:
    """Run statements as they stand: no bind parameters, no percent signs to escape."""
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def upgrade() -> None:
    """Add the realm, and put names in the place of addresses."""
    run(
        "alter table audit_events add column actor_realm text "
        "constraint ck_audit_events_actor_realm check (actor_realm in ('ADMIN', 'CLIENT'))",
        CARRY_OVER.format(actor_name=BY_NAME),
        *FORGET_ADDRESSES,
    )


def downgrade() -> None:
    """Drop the realm; the function tells addresses again."""
    run("alter table audit_events drop column actor_realm", CARRY_OVER.format(actor_name=BY_ADDRESS))
