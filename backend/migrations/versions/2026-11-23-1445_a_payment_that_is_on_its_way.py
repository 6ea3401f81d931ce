"""A payment that is on its way has a status of its own, and its proposal knows.

Revision: 20261123_1445, after 20261123_1441

A page that is complete and unpaid was taken for open, and by our clock for over: the client could pay again while a debit
was under way. Code of before reads PROCESSING as a status that it does not know: it opens no other page, and keeps money
that arrives meanwhile apart for an operator.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123_1445"
down_revision = "20261123_1441"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

STATUSES = "'CREATED', 'CHECKOUT_OPEN', {}'SUCCEEDED', 'FAILED', 'EXPIRED', 'CANCELLED'"
UNSETTLED = (
    "status in ('CHECKOUT_OPEN', 'PROCESSING')"
    " or status = 'EXPIRED' and checkout_session_id is not null and confirmed_at is null"
)
#: A debit is through after days, whichever way it ends: older pages need no further question.
FORGET_OLD = """
update payment_intents set confirmed_at = updated_at
where status = 'EXPIRED' and updated_at < now() - interval '30 days'
"""
#: Money of before that waits for a decision blocks a further payment, and nobody was told why.
IN_REVIEW = """
update proposals set payment_progress = 'IN_REVIEW', payment_progress_at = payments.received_at
from payment_intents join payments on payments.payment_intent_id = payment_intents.id and payments.status = 'UNAPPLIED'
where payment_intents.org_id = proposals.org_id and payment_intents.proposal_id = proposals.id
  and proposals.paid_at is null
"""


def upgrade() -> None:
    """Widen the status, add what is kept of the provider's last word and of a proposal's payment, and fill it."""
    op.add_column("payment_intents", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("proposals", sa.Column("payment_progress", sa.Text(), nullable=True))
    op.add_column("proposals", sa.Column("payment_progress_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        "payment_progress", "proposals", "payment_progress in ('PROCESSING', 'IN_REVIEW', 'FAILED', 'UNCONFIRMED')"
    )
    _replace_status(STATUSES.format("'PROCESSING', "))
    op.drop_index("uq_payment_intents_open", "payment_intents")
    _create_open("'CREATED', 'CHECKOUT_OPEN', 'PROCESSING'")
    op.drop_index("ix_payment_intents_open", "payment_intents")
    # Row-level security binds the tables' owner as well.
    op.execute("select set_config('role', 'capecontrol_system', true)")
    op.execute(FORGET_OLD)
    op.execute(IN_REVIEW)
    op.execute("select set_config('role', 'none', true)")
    op.create_index(
        "ix_payment_intents_unsettled", "payment_intents", ["checked_at"], postgresql_where=sa.text(UNSETTLED)
    )
    op.create_index(
        "ix_proposals_payment_lost",
        "proposals",
        ["payment_progress_at", "id"],
        postgresql_where=sa.text("payment_progress in ('FAILED', 'UNCONFIRMED') and paid_at is null"),
    )


def downgrade() -> None:
    """Take it all back; a debit that is under way is an open page again."""
    op.execute("select set_config('role', 'capecontrol_system', true)")
    op.execute("update payment_intents set status = 'CHECKOUT_OPEN' where status = 'PROCESSING'")
    op.execute("select set_config('role', 'none', true)")
    op.drop_index("ix_proposals_payment_lost", "proposals")
    op.drop_index("ix_payment_intents_unsettled", "payment_intents")
    op.create_index(
        "ix_payment_intents_open",
        "payment_intents",
        ["checked_at"],
        postgresql_where=sa.text("status = 'CHECKOUT_OPEN'"),
    )
    op.drop_index("uq_payment_intents_open", "payment_intents")
    _create_open("'CREATED', 'CHECKOUT_OPEN'")
    _replace_status(STATUSES.format(""))
    op.drop_constraint("payment_progress", "proposals", type_="check")
    op.drop_column("proposals", "payment_progress_at")
    op.drop_column("proposals", "payment_progress")
    op.drop_column("payment_intents", "confirmed_at")


def _replace_status(statuses: str) -> None:
    op.drop_constraint("status", "payment_intents", type_="check")
    op.create_check_constraint("status", "payment_intents", f"status in ({statuses})")


def _create_open(statuses: str) -> None:
    op.create_index(
        "uq_payment_intents_open",
        "payment_intents",
        ["org_id", "proposal_id"],
        unique=True,
        postgresql_where=sa.text(f"status in ({statuses})"),
    )
