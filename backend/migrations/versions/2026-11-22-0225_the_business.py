"""The business that runs the installation, and the rates of its tax on sales.

Revision: 20261122_0225, after 20261122_0220

Until now both were settings, and the code before goes on with these. The row comes with the first start of the code that
needs it, of the settings that it was given (``SELLER_*``): a migration does not know them.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_0225"
down_revision = "20261122_0220"
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
    """Add both tables."""
    op.create_table(
        "business",
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("legal_name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("registration_number", sa.Text(), nullable=True),
        sa.Column("tax_number", sa.Text(), nullable=True),
        sa.Column("tax_name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("number_format", sa.Text(), nullable=False),
        sa.Column("date_format", sa.Text(), nullable=False),
        sa.Column("default_terms", sa.Text(), nullable=False),
        sa.Column("days_to_pay", sa.Integer(), nullable=False),
        sa.Column("bank", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("accent", sa.Text(), nullable=False),
        sa.Column("accent_dark", sa.Text(), nullable=True),
        sa.Column("logo", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("front_door", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "date_format in ('DAY_MONTH_YEAR', 'MONTH_DAY_YEAR', 'DAY_MONTH_YEAR_DASHES', 'DAY_MONTH_YEAR_SLASHES', 'DAY_MONTH_YEAR_POINTS', 'YEAR_MONTH_DAY')",
            name=op.f("ck_business_date_format"),
        ),
        sa.CheckConstraint(
            "number_format in ('COMMA_POINT', 'POINT_COMMA', 'SPACE_COMMA', 'SPACE_POINT', 'APOSTROPHE_POINT')",
            name=op.f("ck_business_number_format"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business")),
    )
    protect("business", owner=None, system="select insert update")
    op.create_index("uq_business_one_row", "business", [sa.literal_column("(true)")], unique=True)
    op.create_table(
        "tax_rates",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rate", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("rate between 0 and 100", name=op.f("ck_tax_rates_rate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_rates")),
        sa.UniqueConstraint("name", "valid_from", name="uq_tax_rates_name_valid_from"),
    )
    protect("tax_rates", owner=None, system="select insert delete")


def downgrade() -> None:
    """Drop them. Code of before reads the settings again."""
    op.drop_table("tax_rates")
    op.drop_table("business")
