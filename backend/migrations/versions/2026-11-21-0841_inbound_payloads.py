"""An index of the webhooks whose bodies are still kept, for the job that empties them.

Revision: 20261121_0841, after 20261121_0840
"""

import sqlalchemy as sa
from alembic import op

revision = "20261121_0841"
down_revision = "20261121_0840"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"


def upgrade() -> None:
    """Build it beside the traffic. An attempt that broke off leaves an index that does not count."""
    with op.get_context().autocommit_block():
        op.execute("drop index concurrently if exists ix_inbound_events_handled_at")
        op.create_index(
            "ix_inbound_events_handled_at",
            "inbound_events",
            ["handled_at"],
            postgresql_where=sa.text("payload is not null"),
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_inbound_events_handled_at", table_name="inbound_events")
