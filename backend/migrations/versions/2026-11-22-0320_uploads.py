"""Files that people send, each known before it is stored; the logo is the first of them.

Revision: 20261122_0320, after 20261122_0300

Code of before stores a logo without a row. Until it is gone, such a logo is shown as long as the business names it, and its
file stays in the storage when another one takes its place.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0320"
down_revision = "20261122_0300"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

#: The logo that there is, if there is one.
CARRY_OVER = """
insert into uploads (id, created_at, storage_key, media_type, size, width, height, recorded_at)
select gen_random_uuid(), updated_at, 'branding/' || (logo ->> 'sha256') || '.png', 'image/png',
       (logo ->> 'size')::integer, (logo ->> 'width')::integer, (logo ->> 'height')::integer, updated_at
from business where logo is not null
"""


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
    """Add the table, with the logo."""
    op.create_table(
        "uploads",
        sa.Column("org_id", sa.UUID(), nullable=True),
        sa.Column("storage_key", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removing_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_uploads_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    op.create_index(
        "ix_uploads_kept_until",
        "uploads",
        ["kept_until"],
        postgresql_where=sa.text("kept_until is not null"),
    )
    op.create_index("ix_uploads_org_id_created_at", "uploads", ["org_id", "created_at"])
    op.create_index("uq_uploads_storage_key", "uploads", ["storage_key"], unique=True)
    op.execute(CARRY_OVER)
    protect("uploads", owner="org_id", runtime="select insert update", system="select insert update delete")


def downgrade() -> None:
    """Drop it. The logo stays where it is; pictures of offers are known to no code of before."""
    op.drop_table("uploads")
