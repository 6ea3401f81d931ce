"""A proposal keeps when it was paid.

Revision: 20261123_0013, after 20261123_0012

What is open was worked out by looking for a payment of everything that was ever approved, twice for each visit to a client's
dashboard. The database itself writes the moment down when a payment intent succeeds, so that also what code of before
applies while it is replaced is known.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0013"
down_revision = "20261123_0012"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

KEEP_PAID = """
create function app.keep_paid() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  update public.proposals set paid_at = new.updated_at
  where org_id = new.org_id and id = new.proposal_id and paid_at is null;
  return null;
end $$
"""
KEPT_PAID = (
    "create trigger payment_intents_paid after insert or update of status on payment_intents "
    "for each row when (new.status = 'SUCCEEDED') execute function app.keep_paid()"
)
FROM_INTENTS = """
update proposals set paid_at = coalesce(payments.received_at, payment_intents.updated_at)
from payment_intents
left join payments on payments.payment_intent_id = payment_intents.id and payments.status = 'APPLIED'
where payment_intents.org_id = proposals.org_id and payment_intents.proposal_id = proposals.id
  and payment_intents.status = 'SUCCEEDED'
"""


def upgrade() -> None:
    """Add the column and what writes it, fill it, and replace the index of what was approved."""
    op.add_column("proposals", sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(KEEP_PAID)
    op.execute(KEPT_PAID)
    # Row-level security binds the tables' owner as well.
    op.execute("select set_config('role', 'capecontrol_system', true)")
    op.execute(FROM_INTENTS)
    op.execute("select set_config('role', 'none', true)")
    op.create_index(
        "ix_proposals_to_pay",
        "proposals",
        ["org_id", "updated_at", "id"],
        postgresql_include=["currency", "total"],
        postgresql_where=sa.text("status = 'APPROVED' and paid_at is null"),
    )
    op.drop_index("ix_proposals_approved", "proposals")


def downgrade() -> None:
    """Take it all back."""
    op.create_index(
        "ix_proposals_approved",
        "proposals",
        ["org_id", "updated_at", "id"],
        postgresql_include=["currency", "total"],
        postgresql_where=sa.text("status = 'APPROVED'"),
    )
    op.drop_index("ix_proposals_to_pay", "proposals")
    op.execute("drop trigger payment_intents_paid on payment_intents")
    op.execute("drop function app.keep_paid()")
    op.drop_column("proposals", "paid_at")
