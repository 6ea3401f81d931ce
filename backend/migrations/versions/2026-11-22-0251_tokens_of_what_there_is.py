"""Tokens of the records that are there already, in batches beside the traffic.

Revision: 20261122_0251, after 20261122_0250

Each batch is a transaction of its own, far below the migrator's limit. A record is locked while its words are read, so
that a title which changes meanwhile does not keep its earlier ones. Interrupted, it is run again.
"""

from alembic import op

revision = "20261122_0251"
down_revision = "20261122_0250"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

BATCH = 2000
SEARCHED = (
    ("projects", "project_tokens", "org_id, project_id", "org_id, id", "code, title"),
    ("proposals", "proposal_tokens", "org_id, proposal_id", "org_id, id", "title"),
    ("invoices", "invoice_tokens", "org_id, invoice_id", "org_id, id", "number, title"),
    ("workflow_instances", "workflow_tokens", "org_id, workflow_id", "org_id, id", "template_name"),
    ("organizations", "organization_tokens", "org_id", "id", "name, domain"),
)
FILL = """
with batch as (
  select * from {table} where id > '{after}' order by id limit {batch} for no key update
),
filled as (
  insert into {tokens} ({columns}, token)
  select {values}, token from batch, unnest(app.search_tokens({texts})) as token
  on conflict do nothing
)
select id from batch order by id desc limit 1
"""
NOBODY = "00000000-0000-0000-0000-000000000000"


def upgrade() -> None:
    """Read every record once, by its id."""
    bind = op.get_bind()
    with op.get_context().autocommit_block():
        # Row-level security binds the tables' owner as well.
        bind.exec_driver_sql("select set_config('role', 'capecontrol_system', false)")
        try:
            for table, tokens, columns, values, texts in SEARCHED:
                after: object = NOBODY
                while after is not None:
                    batch = FILL.format(
                        table=table, tokens=tokens, columns=columns, values=values, texts=texts, after=after, batch=BATCH
                    )
                    after = bind.exec_driver_sql(batch).scalar_one_or_none()
        finally:
            bind.exec_driver_sql("select set_config('role', 'none', false)")


def downgrade() -> None:
    """Leave the tokens: the migration before takes them away."""
