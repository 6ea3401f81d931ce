"""Each message of the outbox names its lane, so that a slow consumer delays only what travels with it.

Revision: 20261122_0030, after 20261121_0870

Code of before names none: its messages travel in the default lane, as all of them did. What is under way when this runs
moves into its lane, else the backlog of a silent engine would go on delaying payments for as long as it lasts.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0030"
down_revision = "20261121_0870"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

#: The consumers of the release before, by the lane of this one.
MOVE_INTO_LANES = """
update outbox set lane = case
    when topic = 'schedule.slot_due.v1' and consumer like 'billing.%' then 'money'
    when topic = 'schedule.slot_due.v1' and consumer like 'workflows.%' then 'engine'
    when topic = 'schedule.slot_due.v1' then 'jobs'
    when consumer like 'billing.%' then 'money'
    when consumer like 'workflows.%' then 'engine'
    when consumer in ('notifications.deliver_mail', 'proposals.mail') then 'mail'
    else 'default'
  end
where done_at is null and dead_at is null
"""


def upgrade() -> None:
    """Add the lane and the index by which the relay finds what is due in each."""
    op.add_column("outbox", sa.Column("lane", sa.Text(), server_default=sa.text("'default'"), nullable=False))
    # Only what is open is in it, so that it is small however long done messages are kept.
    op.create_index(
        "ix_outbox_lane",
        "outbox",
        ["lane", "available_at"],
        postgresql_where=sa.text("done_at is null and dead_at is null"),
    )
    # The list of dead letters, and their count in every operator's dashboard.
    op.create_index("ix_outbox_dead", "outbox", ["dead_at"], postgresql_where=sa.text("dead_at is not null"))
    # When each job of the schedule last succeeded.
    op.create_index(
        "ix_outbox_slots",
        "outbox",
        ["consumer", "done_at"],
        postgresql_where=sa.text("topic = 'schedule.slot_due.v1'"),
    )
    op.execute(MOVE_INTO_LANES)


def downgrade() -> None:
    """Let all messages travel in one lane again."""
    op.drop_index("ix_outbox_slots", table_name="outbox", postgresql_where=sa.text("topic = 'schedule.slot_due.v1'"))
    op.drop_index("ix_outbox_dead", table_name="outbox", postgresql_where=sa.text("dead_at is not null"))
    op.drop_index(
        "ix_outbox_lane", table_name="outbox", postgresql_where=sa.text("done_at is null and dead_at is null")
    )
    op.drop_column("outbox", "lane")
