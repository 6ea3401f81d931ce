"""A click on Pay is told once: that the payment page opened is in the audit log alone.

Revision: 20261123_0012, after 20261123_0011

Staff read "Payment started" and "Payment page opened" of one click. Activity carries over none of the latter any more; entries
that were written stay, since activity only grows.
"""

from alembic import op

revision = "20261123_0012"
down_revision = "20261123_0011"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

#: ``<opened>`` is what differs.
CARRY_OVER = r"""
create or replace function app.carry_over_activity(since timestamptz) returns bigint language sql
set search_path = pg_catalog, public, pg_temp
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
          'project.updated', 'proposal.created', 'proposal.updated', <opened>'payment.unapplied',
          'workflow.requested', 'workflow.redeployment_requested', 'workflow.deployment_failed'
        ) then 'STAFF'
        else 'CLIENT'
      end,
      e.outcome, e.actor_type,
      case when e.actor_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then e.actor_id::uuid end,
      case when e.actor_type in ('USER', 'OPERATOR') then nullif(split_part(u.full_name, '@', 1), '') end,
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
    where e.occurred_at >= since and e.outcome in ('SUCCESS', 'FAILURE') and e.app_id is null and e.producer_id is null
      and (e.action <> 'project.status_changed' or e.metadata ->> 'automatic' is distinct from 'true')
      and e.action in (
      'project.created', 'project.updated', 'project.status_changed',
      'proposal.created', 'proposal.updated', 'proposal.sent', 'proposal.approved', 'proposal.changes_requested',
      'proposal.declined', 'proposal.expired',
      'payment.intended', <opened>'payment.received', 'payment.unapplied', 'invoice.issued',
      'workflow.requested', 'workflow.redeployment_requested', 'workflow.deployed', 'workflow.deployment_failed',
      'workflow.paused', 'workflow.resumed', 'workflow.removed', 'execution.requested', 'execution.finished'
    )
    on conflict (id) do nothing
    returning 1
  )
  select count(*) from added
$$
"""


def replace_function(*, opened: str) -> None:
    """Put the function in the place of the one before it; no bind parameters, no percent signs to escape."""
    op.get_bind().exec_driver_sql(CARRY_OVER.replace("<opened>", opened))


def upgrade() -> None:
    """Leave out opened payment pages."""
    replace_function(opened="")


def downgrade() -> None:
    """Bring the function of 0242 back."""
    replace_function(opened="'payment.checkout_opened', ")
