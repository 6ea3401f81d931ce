"""Each table gets a policy that applies to everybody and asks which role was taken on, so that no role can drop it.

Revision: 20261122_0110, after 20261122_0050

`drop owned by capecontrol_runtime`, said by that role itself, drops each policy that names no other role: PostgreSQL asks
for no more than the role. A policy without `to` belongs to nobody but the table's owner. The question for the role is
worded so that the planner takes it for true: it would take `current_user = …` for true of one row in two hundred.

The policies that name a role stay for the planner. `true` for staff makes the condition of all disappear, without which
no search by a part of a word could use an index, and what an organization owns is found by its indexes. The latter
restricts what the former lets through: alone it lets nobody see anything.

A database that lost policies gets them back. One table at a time, each in a transaction of its own that only changes the
catalog: nobody waits for more than that, and no two tables are locked at once. Interrupted, it is run again.
"""

from collections.abc import Callable

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


def replace_policies(policies_of: Callable[[str | None, list[str]], dict[str, str]]) -> None:
    """Put each table's policies in the place of those that are there; a table has all of them at every moment."""
    with op.get_context().autocommit_block():
        for table, owner, words in TABLES:
            statements = [f"drop policy if exists {name} on {table}" for name in ("scope", *words.split())]
            for name, policy in policies_of(owner, words.split()).items():
                statements.append(f"create policy {name} on {table} {policy}")
            op.get_bind().exec_driver_sql(f"do $$ begin {'; '.join(statements)}; end $$")


def with_scope(owner: str | None, roles: list[str]) -> dict[str, str]:
    """Return the policy that holds by itself, and those that tell the planner what the role makes of it."""
    own = f"{owner} = (select app.current_org())"
    for_all = ", ".join(f"'capecontrol_{role}'" for role in roles if role != "runtime")
    rows = f"(select 1 where current_user in ({for_all})) is not null"
    if "runtime" in roles:
        rows += f" or (select 1 where current_user = 'capecontrol_runtime') is not null and {own}"
    found = {"scope": f"using ({rows}) with check ({rows})"}
    for role in roles:
        kind, seen = ("as restrictive", own) if role == "runtime" else ("", "true")
        found[role] = f"{kind} to capecontrol_{role} using ({seen}) with check ({seen})"
    return found


def by_role(owner: str | None, roles: list[str]) -> dict[str, str]:
    """Return a policy for each role."""
    rows = {role: f"{owner} = (select app.current_org())" if role == "runtime" else "true" for role in roles}
    return {role: f"to capecontrol_{role} using ({seen}) with check ({seen})" for role, seen in rows.items()}


def upgrade() -> None:
    """Add the policy for everybody."""
    replace_policies(with_scope)


def downgrade() -> None:
    """Leave those that name a role, to whom they belong."""
    replace_policies(by_role)
