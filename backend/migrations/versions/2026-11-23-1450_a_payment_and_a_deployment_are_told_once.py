"""A payment and a deployment are told in one line each.

Revision: 20261123_1450, after 20261123_1445

People read "Payment started", "Payment received" and "Invoice issued" of one payment, and staff "Deployment started" and
"Workflow deployed" of one deployment. What is the cause of another line, or follows from it, is in the audit log alone now, and
activity carries it over no more; entries that were written stay, since activity only grows.
"""

from alembic import op

revision = "20261123_1450"
down_revision = "20261123_1445"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

#: What is in ``<…>`` was carried over before.
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
          'project.updated', 'proposal.created', 'proposal.updated', 'payment.unapplied',
          <deployments>'workflow.deployment_failed'
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
      <intents>'payment.received', 'payment.unapplied',
      <invoices><deployments>'workflow.deployed', 'workflow.deployment_failed',
      'workflow.paused', 'workflow.resumed', 'workflow.removed', 'execution.requested', 'execution.finished'
    )
    on conflict (id) do nothing
    returning 1
  )
  select count(*) from added
$$
"""

BEFORE = {
    "<deployments>": "'workflow.requested', 'workflow.redeployment_requested', ",
    "<intents>": "'payment.intended', ",
    "<invoices>": "'invoice.issued', ",
}


def replace_function(parts: dict[str, str]) -> None:
    """Put the function in the place of the one before it; no bind parameters, no percent signs to escape."""
    sql = CARRY_OVER
    for name, part in parts.items():
        sql = sql.replace(name, part)
    op.get_bind().exec_driver_sql(sql)


def upgrade() -> None:
    """Leave out clicks on Pay, invoices and requests for deployments."""
    replace_function(dict.fromkeys(BEFORE, ""))


def downgrade() -> None:
    """Bring the function of 0012 back."""
    replace_function(BEFORE)
