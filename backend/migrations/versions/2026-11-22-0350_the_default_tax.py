"""The tax that new lines start with is marked by a person, and a rate of tax can end.

Revision: 20261122_0350, after 20261122_0340

Until now the rate whose name was that of the tax counted for new lines, else the tax that began first. What this picks
on the day of the migration is marked: new lines stay as they were. A business without a rate gets no default.

Code of before goes on with its own rule, and lets ended rates count.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0350"
down_revision = "20261122_0340"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

MARK_TODAYS_RATE = """
update business set default_tax = (
    select name from tax_rates
    where valid_from <= (now() at time zone business.timezone)::date
    order by name = business.tax_name desc, valid_from, name
    limit 1
)
"""


def upgrade() -> None:
    """Add both columns, and mark the tax that counts today."""
    op.add_column("tax_rates", sa.Column("valid_until", sa.Date(), nullable=True))
    op.create_check_constraint(op.f("ck_tax_rates_valid_until"), "tax_rates", "valid_until >= valid_from")
    op.execute("grant update on tax_rates to capecontrol_system")
    op.add_column("business", sa.Column("default_tax", sa.Text(), nullable=True))
    # Row-level security binds the tables' owner as well.
    op.execute("select set_config('role', 'capecontrol_system', true)")
    op.execute(MARK_TODAYS_RATE)
    op.execute("select set_config('role', 'none', true)")


def downgrade() -> None:
    """Drop them: names decide again, and no rate ends."""
    op.drop_column("business", "default_tax")
    op.execute("revoke update on tax_rates from capecontrol_system")
    op.drop_column("tax_rates", "valid_until")
