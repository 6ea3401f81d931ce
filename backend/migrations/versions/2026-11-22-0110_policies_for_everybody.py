"""Policies apply to everybody and ask which role was taken on, so that no role can drop its own.

Revision: 20261122_0110, after 20261122_0050

`drop owned by capecontrol_runtime`, said by that role itself, drops each policy that names no other role: PostgreSQL asks
for no more than the role. A policy without `to` belongs to nobody but the table's owner. The question for the role
stands in a sub-select: it is answered once in a statement, and the planner takes it for a coin's toss where it would take
a plain comparison for true of one row in two hundred.

A database that lost policies gets them back. One table at a time, each in a transaction of its own that only changes the
catalog: nobody waits for more than that, and no two tables are locked at once. Interrupted, it is run again.
"""

from alembic import op

revision = "20261122_0110"
down_revision = "20261122_0050"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

#: Each table, the column that tells whose row it is, and the roles with a policy.
TABLES = (
    ("activity_entries", "org_id", "runtime system"),
    ("audit_events", "org_id", "runtime signin system"),
    ("executions", "org_id", "runtime system"),
    ("idempotency_keys", "org_id", "runtime signin system"),
    ("inbound_events", "org_id", "runtime system"),
    ("invoices", "org_id", "runtime system"),
    ("key_fingerprints", None, "system"),
    ("login_attempts", None, "signin system"),
    ("migration_evidence", None, "system"),
    ("n8n_environments", None, "system"),
    ("number_series", None, "system"),
    ("onboarding_profiles", "org_id", "runtime system"),
    ("onboarding_steps", "org_id", "runtime system"),
    ("one_time_tokens", "org_id", "runtime signin system"),
    ("organizations", "id", "runtime signin system"),
    ("outbox", "org_id", "runtime signin system"),
    ("payment_intents", "org_id", "runtime system"),
    ("payments", "org_id", "runtime system"),
    ("projects", "org_id", "runtime system"),
    ("proposals", "org_id", "runtime signin system"),
    ("provider_customers", "org_id", "runtime system"),
    ("refresh_tokens", "org_id", "runtime signin system"),
    ("schedule_slots", None, "system"),
    ("secret_keys", None, "system"),
    ("sessions", "org_id", "runtime signin system"),
    ("stripe_events", None, "system"),
    ("users", "org_id", "runtime signin system"),
    ("workflow_instances", "org_id", "runtime signin system"),
    ("workflow_templates", None, "system"),
)


def replace_policies(*, to_everybody: bool) -> None:
    """Put each table's policies in the place of those that are there; a table has all of them at every moment."""
    with op.get_context().autocommit_block():
        for table, owner, roles in TABLES:
            statements = []
            for role in roles.split():
                conditions = [f"(select current_user = 'capecontrol_{role}')"] if to_everybody else []
                if role == "runtime":
                    conditions.append(f"{owner} = (select app.current_org())")
                rows = " and ".join(conditions) or "true"
                whom = "public" if to_everybody else f"capecontrol_{role}"
                statements.append(f"drop policy if exists {role} on {table}")
                statements.append(f"create policy {role} on {table} to {whom} using ({rows}) with check ({rows})")
            op.get_bind().exec_driver_sql(f"do $$ begin {'; '.join(statements)}; end $$")


def upgrade() -> None:
    """Let each policy ask for its role."""
    replace_policies(to_everybody=True)


def downgrade() -> None:
    """Name the roles again, to whom the policies then belong."""
    replace_policies(to_everybody=False)
