"""One inbox for the webhooks of all providers; the providers' ids of customers in a table of billing's.

Revision ID: 20261121_0800
Revises: 20261121_0790

Adds `inbound_events` and `provider_customers` and carries over what `stripe_events` and
`organizations.stripe_customer_id` hold. Both stay as they are, for release 0.1.0 goes on with them beside this one; a
later release drops them (README.md, "To contract"). Events keep their ids: messages under way name them.

Undoing it brings back to the old places what came in since, with the messages under way, and drops the new tables.
Callbacks of n8n go with them: 0.1.0 keeps none.
"""

import json
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261121_0800"
down_revision: str | None = "20261121_0790"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COPY_EVENTS = """
insert into inbound_events (id, provider, external_id, type, payload, handled_at, created_at)
select id, 'stripe', external_id, type, payload, handled_at, received_at from stripe_events
"""
COPY_CUSTOMERS = """
insert into provider_customers (org_id, provider, customer_id, created_at)
select id, 'stripe', stripe_customer_id, updated_at from organizations where stripe_customer_id is not null
"""

RETURN_CUSTOMERS = """
update organizations set stripe_customer_id = customer_id from provider_customers
where id = org_id and provider = 'stripe' and stripe_customer_id is null
"""
NEW_EVENTS = """
select id, external_id, type, payload, handled_at, created_at from inbound_events
where provider = 'stripe' and external_id not in (select external_id from stripe_events)
"""
RETURN_EVENT = sa.text("""
insert into stripe_events (id, external_id, type, object_id, payload, received_at, handled_at)
values (:id, :external_id, :type, :object_id, :payload, :received_at, :handled_at)
""")
RETURN_HANDLED = """
update stripe_events set handled_at = inbound_events.handled_at from inbound_events
where stripe_events.id = inbound_events.id and stripe_events.handled_at is null
"""
RETURN_MESSAGES = """
update outbox set topic = 'billing.stripe_event_received.v1', consumer = 'billing.apply_stripe_event',
  payload = jsonb_build_object('org_id', null, 'stripe_event_id', payload -> 'inbound_event_id')
where consumer = 'billing.apply_stripe_webhook'
"""


def act_as(role: str) -> None:
    """Take on a role: row-level security binds the owner of the tables as well."""
    op.get_bind().execute(sa.text("select set_config('role', :role, true)"), {"role": role})


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
    for name, words in (("runtime", runtime), ("signin", signin), ("system", system)):
        if not words:
            continue
        rows = f"{owner} = (select app.current_org())" if name == "runtime" and owner else "true"
        run(f"grant {', '.join(words.split())} on {table} to capecontrol_{name}")
        run(f"create policy {name} on {table} for all to capecontrol_{name} using ({rows}) with check ({rows})")


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "inbound_events",
        sa.Column("org_id", sa.UUID(), nullable=True),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "char_length(external_id) between 1 and 300", name=op.f("ck_inbound_events_external_id")
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_inbound_events_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_events")),
    )
    op.create_index("ix_inbound_events_org_id_created_at", "inbound_events", ["org_id", "created_at"], unique=False)
    op.create_index(
        "uq_inbound_events_provider_external_id", "inbound_events", ["provider", "external_id"], unique=True
    )
    protect("inbound_events", owner="org_id", runtime="select insert", system="select insert update delete")
    op.create_table(
        "provider_customers",
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("org_id", sa.UUID(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_provider_customers_org_id")),
        sa.PrimaryKeyConstraint("org_id", "provider", name=op.f("pk_provider_customers")),
    )
    op.create_index(
        "uq_provider_customers_provider_customer_id", "provider_customers", ["provider", "customer_id"], unique=True
    )
    protect("provider_customers", owner="org_id", runtime="select insert", system="select insert update delete")
    act_as("capecontrol_system")
    op.execute(COPY_EVENTS)
    op.execute(COPY_CUSTOMERS)
    act_as("none")


def downgrade() -> None:
    """Go down."""
    act_as("capecontrol_system")
    op.execute(RETURN_CUSTOMERS)
    op.execute(RETURN_HANDLED)
    connection = op.get_bind()
    for row in connection.execute(sa.text(NEW_EVENTS)).mappings().all():
        hinted = json.loads(row["payload"])["data"]["object"] if row["payload"] else {}
        connection.execute(
            RETURN_EVENT,
            {
                "id": row["id"],
                "external_id": row["external_id"],
                "type": row["type"],
                "object_id": hinted.get("id") or "",
                "payload": row["payload"] or b"",
                "received_at": row["created_at"],
                "handled_at": row["handled_at"],
            },
        )
    op.execute(RETURN_MESSAGES)
    act_as("none")
    op.drop_index("uq_provider_customers_provider_customer_id", table_name="provider_customers")
    op.drop_table("provider_customers")
    op.drop_index("uq_inbound_events_provider_external_id", table_name="inbound_events")
    op.drop_index("ix_inbound_events_org_id_created_at", table_name="inbound_events")
    op.drop_table("inbound_events")
