"""Indexes of the audit log by action and by what was refused: whoever looked for a rare act read every month from the heap.

Revision: 20261122_0041, after 20261122_0040

A partitioned index cannot be built beside the traffic at once. Each month's is, and then attached; the parent counts from
the last one on. A month that is made in between brings its own.
"""

from alembic import op

revision = "20261122_0041"
down_revision = "20261122_0040"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

INDEXES = {
    "ix_audit_events_action_occurred_at": ("action", "(action text_pattern_ops, occurred_at)"),
    "ix_audit_events_refused": ("refused", "(outcome, occurred_at, id) where outcome <> 'SUCCESS'"),
}
MONTHS = """
select relname from pg_inherits join pg_class on oid = inhrelid
where inhparent = 'audit_events'::regclass and not exists (
  select from pg_inherits as attached join pg_index on indexrelid = attached.inhrelid
  where attached.inhparent = '{parent}'::regclass and indrelid = pg_class.oid
)
order by relname
"""


def upgrade() -> None:
    """Build each month's index beside the traffic and attach it. A repeated attempt goes on where it broke off."""
    bind = op.get_bind()
    with op.get_context().autocommit_block():
        for name, (what, columns) in INDEXES.items():
            op.execute(f"create index if not exists {name} on only audit_events {columns}")
            for (month,) in bind.exec_driver_sql(MONTHS.format(parent=name)).all():
                own = f"{month}_{what}"
                op.execute(f"drop index concurrently if exists partitions.{own}")
                op.execute(f"create index concurrently {own} on partitions.{month} {columns}")
                op.execute(f"alter index {name} attach partition partitions.{own}")


def downgrade() -> None:
    """Drop them, with those of the months."""
    for name in INDEXES:
        op.execute(f"drop index if exists {name}")
