"""A table of changes: which thing changed, kept for an hour, for the pages that show it.

Revision: 20261122_0220, after 20261122_0113

Each act adds a row with the last statement of its transaction. Code before this adds none: pages then hear nothing of its
acts, and learn of them as they did before, by asking again.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0220"
down_revision = "20261122_0113"
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
    """Make the table."""
    op.create_table(
        "changes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("org_id", sa.UUID(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.UUID(), nullable=True),
        sa.Column("project_id", sa.UUID(), nullable=True),
        sa.Column("is_for_clients", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_changes_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.get_bind().exec_driver_sql(
        "alter table changes add column transaction_id xid8 not null default pg_current_xact_id()"
    )
    protect("changes", owner="org_id", runtime="select insert", system="select insert delete")
    op.create_index("ix_changes_transaction_id", "changes", ["transaction_id"])
    op.create_index("ix_changes_org_id_transaction_id", "changes", ["org_id", "transaction_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("changes")
