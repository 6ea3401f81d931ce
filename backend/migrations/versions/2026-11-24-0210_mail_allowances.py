"""How many mails strangers had sent to a mailbox is counted in the database.

Revision: 20261124_0210, after 20261124_0201

Code of before counts in Redis, and goes on to.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0210"
down_revision = "20261124_0201"
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
    """Add the table."""
    op.create_table(
        "mail_allowances",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("mailed_at", sa.ARRAY(sa.DateTime(timezone=True)), nullable=False),
        sa.Column("last_mailed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_allowances")),
    )
    protect("mail_allowances", owner=None, system="select insert update delete")
    op.create_index("uq_mail_allowances_mailbox", "mail_allowances", ["mailbox"], unique=True)
    op.create_index("ix_mail_allowances_last_mailed_at", "mail_allowances", ["last_mailed_at"], unique=False)


def downgrade() -> None:
    """Drop it: mailboxes begin with whole allowances."""
    op.drop_table("mail_allowances")
