"""Who sent a proposal, to be told how its client decides; and an index of what was declined or expired.

Revision: 20261122_0241, after 20261122_0240

Of what was sent before nobody is noted: the code then tells whoever wrote it. The index is what the staff's dashboard finds
those proposals by with which somebody has to go on; it is built beside the traffic.
"""

from alembic import op

revision = "20261122_0241"
down_revision = "20261122_0240"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"


def upgrade() -> None:
    """Add the column and build the index. An attempt that broke off leaves an index that does not count."""
    op.execute("alter table proposals add column if not exists sent_by uuid")
    with op.get_context().autocommit_block():
        op.execute("drop index concurrently if exists ix_proposals_ended")
        op.execute(
            "create index concurrently ix_proposals_ended on proposals (updated_at, id) "
            "where status in ('DECLINED', 'EXPIRED')"
        )


def downgrade() -> None:
    """Drop both; a repeated attempt finds some of it gone."""
    with op.get_context().autocommit_block():
        op.execute("drop index concurrently if exists ix_proposals_ended")
    op.execute("alter table proposals drop column if exists sent_by")
