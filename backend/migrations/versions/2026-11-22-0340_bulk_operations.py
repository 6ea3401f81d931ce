"""Bulk operations: one act on many things, how far it is, and what it still has to do.

Revision: 20261122_0340, after 20261122_0325

Code of before neither reads nor writes them. What it finds in their lane of the outbox it keeps for a worker that knows it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_0340"
down_revision = "20261122_0325"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"


def protect(table: str, *, owner: str | None, system: str, runtime: str = "", signin: str = "") -> None:
    """Turn on row-level security, grant each role its words, and let the runtime role see its organization's rows only.

    Args:
        table: its name.
        owner: the column that tells whose row it is (`org_id`), or None where no organization owns rows.
        system, runtime, signin: words of `select insert update delete`, as the model's `access` says.
    """
    run = op.get_bind().exec_driver_sql
    run(f"alter table {table} enable row level security")
    run(f"alter table {table} force row level security")
    words = {"signin": signin, "system": system} | ({} if owner else {"runtime": runtime})
    for_all = [name for name, granted in words.items() if granted]
    names = ", ".join(f"'capecontrol_{name}'" for name in for_all)
    # A role can drop the policies that name it alone: this one names none, and is worded for the planner (0110).
    rows = f"(select 1 where current_user in ({names})) is not null"
    if runtime and owner:
        own = f"{owner} = (select app.current_org())"
        rows += f" or (select 1 where current_user = 'capecontrol_runtime') is not null and {own}"
        run(f"create policy runtime on {table} as restrictive to capecontrol_runtime using ({own}) with check ({own})")
    run(f"create policy scope on {table} using ({rows}) with check ({rows})")
    for name in for_all:
        run(f"create policy {name} on {table} to capecontrol_{name} using (true) with check (true)")
    for name, granted in (words | {"runtime": runtime}).items():
        if granted:
            run(f"grant {', '.join(granted.split())} on {table} to capecontrol_{name}")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "bulk_operations",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("org_id", sa.UUID(), nullable=True),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("succeeded", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("errors", postgresql.JSONB(), nullable=False),
        sa.Column("stop_reason", sa.Text(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state in ('QUEUED', 'RUNNING', 'DONE', 'CANCELLED', 'FAILED')", name=op.f("ck_bulk_operations_state")
        ),
        sa.CheckConstraint(
            "succeeded >= 0 and failed >= 0 and succeeded + failed <= total", name=op.f("ck_bulk_operations_counts")
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_bulk_operations_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_operations")),
    )
    protect("bulk_operations", owner="org_id", runtime="select insert update", system="select insert update delete")
    op.create_index(
        "uq_bulk_operations_active",
        "bulk_operations",
        ["person_id", "kind"],
        unique=True,
        postgresql_where=sa.text("state in ('QUEUED', 'RUNNING')"),
    )
    op.create_index(
        "ix_bulk_operations_person_id_created_at_id", "bulk_operations", ["person_id", "created_at", "id"]
    )
    op.create_index("ix_bulk_operations_org_id", "bulk_operations", ["org_id"])
    op.create_index("ix_bulk_operations_finished_at", "bulk_operations", ["finished_at"])
    op.create_table(
        "bulk_selections",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("org_id", sa.UUID(), nullable=True),
        sa.Column("subject_ids", postgresql.ARRAY(sa.UUID()), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_bulk_selections_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_selections")),
    )
    protect("bulk_selections", owner="org_id", runtime="select insert delete", system="select insert update delete")
    op.create_index("ix_bulk_selections_org_id", "bulk_selections", ["org_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("bulk_selections")
    op.drop_table("bulk_operations")
