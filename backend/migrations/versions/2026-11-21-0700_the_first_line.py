"""The first line: organizations, people, audit, projects, proposals, money, workflows, and the machinery.

Revision ID: 20261121_0700
Revises:

Adds all tables of the first release with their grants and policies. Undoing it drops them with what they hold.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "20261121_0700"
down_revision = None
branch_labels = None
depends_on = None

ROLES = ("capecontrol_runtime", "capecontrol_system", "capecontrol_signin")

#: Roles belong to the cluster, so they may be there already. Who creates a role may administer it, but from
#: PostgreSQL 16 on may not take it on without a grant.
CREATE_ROLE = """
do $$ begin
  if not exists (select from pg_roles where rolname = '{role}') then create role {role} nologin; end if;
  if not exists (
    select from pg_auth_members m
    where m.roleid = '{role}'::regrole and m.member = quote_ident(current_user)::regrole
      and coalesce((to_jsonb(m) ->> 'set_option')::boolean, true)
  ) then
    execute format('grant {role} to %I', current_user);
  end if;
end $$
"""

#: ``nullif``: after a transaction ends the setting is '' and not NULL, and ``''::uuid`` is an error.
CURRENT_ORG = """
create function app.current_org() returns uuid language sql stable parallel safe
as $$ select nullif(current_setting('app.org_id', true), '')::uuid $$
"""

#: Nobody changes the past: not the roles (they lack the grant), not the owner of the table.
APPEND_ONLY = (
    """
    create function app.refuse_change() returns trigger language plpgsql set search_path = pg_catalog
    as $$ begin raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege'; end $$
    """,
    "create trigger audit_events_append_only before update or delete or truncate on audit_events "
    "for each statement execute function app.refuse_change()",
)

#: Tells relays that a message was committed. By statement, not by row: PostgreSQL folds equal notifications of a
#: transaction anyway.
NOTIFY_ON_INSERT = (
    """
    create function app.notify_outbox() returns trigger language plpgsql set search_path = pg_catalog
    as $$ begin perform pg_notify('outbox', ''); return null; end $$
    """,
    "create trigger outbox_notify after insert on outbox for each statement execute function app.notify_outbox()",
)


def execute(*statements: str) -> None:
    """Run statements as they stand: no bind parameters, no percent signs to escape."""
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def create_roles() -> None:
    """Create the roles, the schema ``app`` and the function that policies compare with."""
    execute(*(CREATE_ROLE.format(role=role) for role in ROLES), "create schema app", CURRENT_ORG)
    for role in ROLES:
        execute(
            f"grant usage on schema public, app to {role}", f"grant execute on function app.current_org() to {role}"
        )


def protect(table: str, *, owner: str | None, system: str, runtime: str = "", signin: str = "") -> None:
    """Turn on row-level security, grant each role its words, and let the runtime role see its organization's rows only.

    Args:
        table: its name.
        owner: the column that tells whose row it is, or None where no organization owns rows.
        system, runtime, signin: words of ``select insert update delete``, as the model's ``access`` says.
    """
    execute(f"alter table {table} enable row level security", f"alter table {table} force row level security")
    for name, words in (("runtime", runtime), ("signin", signin), ("system", system)):
        if not words:
            continue
        rows = f"{owner} = (select app.current_org())" if name == "runtime" and owner else "true"
        execute(
            f"grant {', '.join(words.split())} on {table} to capecontrol_{name}",
            f"create policy {name} on {table} for all to capecontrol_{name} using ({rows}) with check ({rows})",
        )


def upgrade() -> None:
    create_roles()
    op.create_table(
        "login_attempts",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("ip_address", sa.Text(), nullable=True),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempts")),
    )
    op.create_index("ix_login_attempts_email_created_at", "login_attempts", ["email", "created_at"], unique=False)
    op.create_table(
        "migration_evidence",
        sa.Column("migrated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("environment", sa.Text(), nullable=False),
        sa.Column("from_revision", sa.Text(), nullable=True),
        sa.Column("to_revision", sa.Text(), nullable=True),
        sa.Column("approval", sa.Text(), nullable=True),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration_evidence")),
    )
    op.create_table(
        "n8n_environments",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("base_url", sa.Text(), nullable=False),
        sa.Column("api_key_sealed", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Text(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("check_failure", sa.Text(), nullable=True),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_n8n_environments")),
        sa.UniqueConstraint("name", name="uq_n8n_environments_name"),
    )
    op.create_table(
        "number_series",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("next_value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_number_series")),
    )
    op.create_table(
        "organizations",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("settings", postgresql.JSONB(astext_type=Text()), nullable=False),
        sa.Column("stripe_customer_id", sa.Text(), nullable=True),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("plan in ('FREE', 'PRO', 'ENTERPRISE')", name=op.f("ck_organizations_plan")),
        sa.CheckConstraint("status in ('ACTIVE', 'SUSPENDED')", name=op.f("ck_organizations_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
    )
    op.create_index("ix_organizations_created_at_id", "organizations", ["created_at", "id"], unique=False)
    op.create_index("uq_organizations_domain", "organizations", ["domain"], unique=True)
    op.create_index("uq_organizations_name", "organizations", [sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "schedule_slots",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("slot", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("job", "slot", name=op.f("pk_schedule_slots")),
    )
    op.create_table(
        "stripe_events",
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stripe_events")),
    )
    op.create_index(
        "ix_stripe_events_unhandled",
        "stripe_events",
        ["received_at"],
        unique=False,
        postgresql_where=sa.text("handled_at is null"),
    )
    op.create_index("uq_stripe_events_external_id", "stripe_events", ["external_id"], unique=True)
    op.create_table(
        "workflow_templates",
        sa.Column("family_id", sa.UUID(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.UUID(), nullable=True),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workflow_templates")),
        sa.UniqueConstraint("family_id", "version", name="uq_workflow_templates_family_id_version"),
    )
    op.create_index(
        "ix_workflow_templates_is_current_created_at_id",
        "workflow_templates",
        ["is_current", "created_at", "id"],
        unique=False,
    )
    op.create_table(
        "audit_events",
        sa.Column("org_id", sa.UUID(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_type", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("actor_label", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("resource_type", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("ip_address", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("metadata", postgresql.JSONB(astext_type=Text()), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("outcome in ('SUCCESS', 'FAILURE', 'DENIED')", name=op.f("ck_audit_events_outcome")),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_audit_events_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_events")),
    )
    op.create_index("ix_audit_events_actor_id_occurred_at", "audit_events", ["actor_id", "occurred_at"], unique=False)
    op.create_index("ix_audit_events_occurred_at_id", "audit_events", ["occurred_at", "id"], unique=False)
    op.create_index("ix_audit_events_org_id_occurred_at", "audit_events", ["org_id", "occurred_at", "id"], unique=False)
    op.create_index(
        "ix_audit_events_resource", "audit_events", ["resource_type", "resource_id", "occurred_at"], unique=False
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("org_id", sa.UUID(), nullable=True),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organizations.id"],
            name=op.f("fk_idempotency_keys_org_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotency_keys")),
    )
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"], unique=False)
    op.create_index("ix_idempotency_keys_org_id", "idempotency_keys", ["org_id"], unique=False)
    op.create_index("uq_idempotency_keys_caller_key", "idempotency_keys", ["caller", "key"], unique=True)
    op.create_table(
        "outbox",
        sa.Column("org_id", sa.UUID(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=Text()), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("available_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("enqueued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_token", sa.UUID(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_outbox_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["available_at"],
        unique=False,
        postgresql_where=sa.text("done_at is null and dead_at is null"),
    )
    op.create_index("ix_outbox_org_id", "outbox", ["org_id"], unique=False)
    op.create_table(
        "projects",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("previous_status", sa.Text(), nullable=True),
        sa.Column("created_by", sa.UUID(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("org_id", sa.UUID(), nullable=False),
        sa.CheckConstraint(
            "status in ('DRAFT', 'PROPOSED', 'APPROVED', 'IN_PROGRESS', 'COMPLETED', 'ARCHIVED')",
            name=op.f("ck_projects_status"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_projects_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
        sa.UniqueConstraint("org_id", "id", name="uq_projects_org_id_id"),
    )
    op.create_index("ix_projects_created_at_id", "projects", ["created_at", "id"], unique=False)
    op.create_index("ix_projects_org_id_created_at_id", "projects", ["org_id", "created_at", "id"], unique=False)
    op.create_index("ix_projects_status_created_at_id", "projects", ["status", "created_at", "id"], unique=False)
    op.create_index("uq_projects_code", "projects", ["code"], unique=True)
    op.create_table(
        "users",
        sa.Column("org_id", sa.UUID(), nullable=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("email_verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token_version", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(org_id is null) = (role in ('OPERATOR', 'AUDITOR', 'DEVELOPER'))",
            name=op.f("ck_users_staff_have_no_organization"),
        ),
        sa.CheckConstraint(
            "role in ('OPERATOR', 'AUDITOR', 'DEVELOPER', 'OWNER', 'ADMINISTRATOR', 'USER')", name=op.f("ck_users_role")
        ),
        sa.CheckConstraint("status in ('INVITED', 'ACTIVE', 'DISABLED')", name=op.f("ck_users_status")),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_users_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_users_org_id_id")),
    )
    op.create_index("ix_users_org_id_created_at", "users", ["org_id", "created_at"], unique=False)
    op.create_index("uq_users_email", "users", ["email"], unique=True)
    op.create_table(
        "onboarding_profiles",
        sa.Column("user_id", sa.UUID(), nullable=False),
        sa.Column("job_title", sa.Text(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.Column("goals", sa.Text(), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("org_id", sa.UUID(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "user_id"],
            ["users.org_id", "users.id"],
            name=op.f("fk_onboarding_profiles_org_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_onboarding_profiles_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_onboarding_profiles")),
        sa.UniqueConstraint("org_id", "user_id", name=op.f("uq_onboarding_profiles_org_id_user_id")),
    )
    op.create_table(
        "onboarding_steps",
        sa.Column("user_id", sa.UUID(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("org_id", sa.UUID(), nullable=False),
        sa.CheckConstraint(
            "step in ('welcome', 'profile', 'checklist', 'guide')", name=op.f("ck_onboarding_steps_step")
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "user_id"],
            ["users.org_id", "users.id"],
            name=op.f("fk_onboarding_steps_org_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_onboarding_steps_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_onboarding_steps")),
        sa.UniqueConstraint("org_id", "user_id", "step", name=op.f("uq_onboarding_steps_org_id_user_id_step")),
    )
    op.create_table(
        "one_time_tokens",
        sa.Column("org_id", sa.UUID(), nullable=True),
        sa.Column("user_id", sa.UUID(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_one_time_tokens_org_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_one_time_tokens_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_tokens")),
    )
    op.create_index("ix_one_time_tokens_org_id", "one_time_tokens", ["org_id"], unique=False)
    op.create_index("ix_one_time_tokens_user_id", "one_time_tokens", ["user_id"], unique=False)
    op.create_index("uq_one_time_tokens_token_hash", "one_time_tokens", ["token_hash"], unique=True)
    op.create_table(
        "proposals",
        sa.Column("project_id", sa.UUID(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("line_items", postgresql.JSONB(astext_type=Text()), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("tax_inclusive", sa.Boolean(), nullable=False),
        sa.Column("tax_rule", sa.Text(), nullable=False),
        sa.Column("subtotal", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("deposit", sa.BigInteger(), nullable=True),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.UUID(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("parties", postgresql.JSONB(astext_type=Text()), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("viewing_token_hash", sa.Text(), nullable=True),
        sa.Column("pdf_key", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.UUID(), nullable=True),
        sa.Column("decided_name", sa.Text(), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=True),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("org_id", sa.UUID(), nullable=False),
        sa.CheckConstraint(
            "status = 'DRAFT' or (content_hash is not null and sent_at is not null and valid_until is not null)",
            name=op.f("ck_proposals_sent_is_frozen"),
        ),
        sa.CheckConstraint(
            "status in ('DRAFT', 'SENT', 'APPROVED', 'CHANGES_REQUESTED', 'DECLINED', 'EXPIRED', 'SUPERSEDED')",
            name=op.f("ck_proposals_status"),
        ),
        sa.CheckConstraint("deposit is null or deposit between 0 and total", name=op.f("ck_proposals_deposit")),
        sa.CheckConstraint("subtotal + tax = total and subtotal >= 0 and tax >= 0", name=op.f("ck_proposals_total")),
        sa.ForeignKeyConstraint(
            ["org_id", "project_id"], ["projects.org_id", "projects.id"], name=op.f("fk_proposals_org_id_project_id")
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_proposals_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("org_id", "id", name="uq_proposals_org_id_id"),
    )
    op.create_index("ix_proposals_created_at_id", "proposals", ["created_at", "id"], unique=False)
    op.create_index("ix_proposals_org_id_created_at_id", "proposals", ["org_id", "created_at", "id"], unique=False)
    op.create_index(
        "ix_proposals_waiting", "proposals", ["valid_until"], unique=False, postgresql_where=sa.text("status = 'SENT'")
    )
    op.create_index(
        "uq_proposals_active",
        "proposals",
        ["org_id", "project_id"],
        unique=True,
        postgresql_where=sa.text("status in ('DRAFT', 'SENT', 'APPROVED')"),
    )
    op.create_index(
        "uq_proposals_org_id_project_id_version", "proposals", ["org_id", "project_id", "version"], unique=True
    )
    op.create_index("uq_proposals_viewing_token_hash", "proposals", ["viewing_token_hash"], unique=True)
    op.create_table(
        "sessions",
        sa.Column("org_id", sa.UUID(), nullable=True),
        sa.Column("user_id", sa.UUID(), nullable=False),
        sa.Column("device", sa.Text(), nullable=True),
        sa.Column("ip_address", sa.Text(), nullable=True),
        sa.Column("is_remembered", sa.Boolean(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_sessions_org_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("org_id", "id", name=op.f("uq_sessions_org_id_id")),
    )
    op.create_index("ix_sessions_org_id_user_id", "sessions", ["org_id", "user_id"], unique=False)
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"], unique=False)
    op.create_table(
        "workflow_instances",
        sa.Column("project_id", sa.UUID(), nullable=False),
        sa.Column("template_id", sa.UUID(), nullable=False),
        sa.Column("template_name", sa.Text(), nullable=False),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("environment_id", sa.UUID(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("deployment", sa.Integer(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("secrets_sealed", sa.Text(), nullable=True),
        sa.Column("callback_secret_sealed", sa.Text(), nullable=False),
        sa.Column("webhook_path", sa.Text(), nullable=False),
        sa.Column("engine_workflow_id", sa.Text(), nullable=True),
        sa.Column("failure_reason", sa.Text(), nullable=True),
        sa.Column("deployed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.UUID(), nullable=True),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("org_id", sa.UUID(), nullable=False),
        sa.CheckConstraint(
            "status in ('DEPLOYING', 'ACTIVE', 'PAUSED', 'FAILED', 'REMOVED')",
            name=op.f("ck_workflow_instances_status"),
        ),
        sa.ForeignKeyConstraint(
            ["environment_id"], ["n8n_environments.id"], name=op.f("fk_workflow_instances_environment_id")
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "project_id"],
            ["projects.org_id", "projects.id"],
            name=op.f("fk_workflow_instances_org_id_project_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_workflow_instances_org_id")),
        sa.ForeignKeyConstraint(
            ["template_id"], ["workflow_templates.id"], name=op.f("fk_workflow_instances_template_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workflow_instances")),
        sa.UniqueConstraint("org_id", "id", name="uq_workflow_instances_org_id_id"),
    )
    op.create_index("ix_workflow_instances_created_at_id", "workflow_instances", ["created_at", "id"], unique=False)
    op.create_index("ix_workflow_instances_environment_id", "workflow_instances", ["environment_id"], unique=False)
    op.create_index(
        "ix_workflow_instances_org_id_created_at_id", "workflow_instances", ["org_id", "created_at", "id"], unique=False
    )
    op.create_index("ix_workflow_instances_project_id", "workflow_instances", ["project_id"], unique=False)
    op.create_table(
        "executions",
        sa.Column("workflow_id", sa.UUID(), nullable=False),
        sa.Column("engine_execution_id", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("dispatched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("requested_by", sa.UUID(), nullable=True),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("org_id", sa.UUID(), nullable=False),
        sa.CheckConstraint("status in ('RUNNING', 'SUCCESS', 'ERROR', 'CANCELED')", name=op.f("ck_executions_status")),
        sa.CheckConstraint("trigger in ('MANUAL', 'EXTERNAL')", name=op.f("ck_executions_trigger")),
        sa.ForeignKeyConstraint(
            ["org_id", "workflow_id"],
            ["workflow_instances.org_id", "workflow_instances.id"],
            name=op.f("fk_executions_org_id_workflow_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_executions_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_executions")),
        sa.UniqueConstraint("org_id", "id", name="uq_executions_org_id_id"),
        sa.UniqueConstraint("org_id", "workflow_id", "engine_execution_id", name="uq_executions_engine_execution_id"),
    )
    op.create_index("ix_executions_org_id_created_at_id", "executions", ["org_id", "created_at", "id"], unique=False)
    op.create_index(
        "ix_executions_running", "executions", ["created_at"], unique=False, postgresql_where="status = 'RUNNING'"
    )
    op.create_index(
        "ix_executions_workflow_id_created_at_id", "executions", ["workflow_id", "created_at", "id"], unique=False
    )
    op.create_table(
        "payment_intents",
        sa.Column("proposal_id", sa.UUID(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("checkout_session_id", sa.Text(), nullable=True),
        sa.Column("checkout_url", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.UUID(), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("org_id", sa.UUID(), nullable=False),
        sa.CheckConstraint(
            "status in ('CREATED', 'CHECKOUT_OPEN', 'SUCCEEDED', 'FAILED', 'EXPIRED', 'CANCELLED')",
            name=op.f("ck_payment_intents_status"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_intents_amount")),
        sa.ForeignKeyConstraint(
            ["org_id", "proposal_id"],
            ["proposals.org_id", "proposals.id"],
            name=op.f("fk_payment_intents_org_id_proposal_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_payment_intents_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_intents")),
        sa.UniqueConstraint("org_id", "id", name="uq_payment_intents_org_id_id"),
    )
    op.create_index(
        "ix_payment_intents_open",
        "payment_intents",
        ["checked_at"],
        unique=False,
        postgresql_where=sa.text("status = 'CHECKOUT_OPEN'"),
    )
    op.create_index("ix_payment_intents_org_id_proposal_id", "payment_intents", ["org_id", "proposal_id"], unique=False)
    op.create_index("uq_payment_intents_checkout_session_id", "payment_intents", ["checkout_session_id"], unique=True)
    op.create_index(
        "uq_payment_intents_open",
        "payment_intents",
        ["org_id", "proposal_id"],
        unique=True,
        postgresql_where=sa.text("status in ('CREATED', 'CHECKOUT_OPEN')"),
    )
    op.create_index(
        "uq_payment_intents_succeeded",
        "payment_intents",
        ["org_id", "proposal_id"],
        unique=True,
        postgresql_where=sa.text("status = 'SUCCEEDED'"),
    )
    op.create_table(
        "refresh_tokens",
        sa.Column("org_id", sa.UUID(), nullable=True),
        sa.Column("session_id", sa.UUID(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("successor_id", sa.UUID(), nullable=True),
        sa.Column("successor", sa.Text(), nullable=True),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_refresh_tokens_org_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_refresh_tokens_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh_tokens")),
    )
    op.create_index("ix_refresh_tokens_org_id", "refresh_tokens", ["org_id"], unique=False)
    op.create_index("ix_refresh_tokens_session_id", "refresh_tokens", ["session_id"], unique=False)
    op.create_index("uq_refresh_tokens_token_hash", "refresh_tokens", ["token_hash"], unique=True)
    op.create_table(
        "payments",
        sa.Column("payment_intent_id", sa.UUID(), nullable=False),
        sa.Column("provider_payment_id", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("org_id", sa.UUID(), nullable=False),
        sa.CheckConstraint("status in ('APPLIED', 'UNAPPLIED')", name=op.f("ck_payments_status")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payments_amount")),
        sa.ForeignKeyConstraint(
            ["org_id", "payment_intent_id"],
            ["payment_intents.org_id", "payment_intents.id"],
            name=op.f("fk_payments_org_id_payment_intent_id"),
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_payments_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("org_id", "id", name="uq_payments_org_id_id"),
    )
    op.create_index("ix_payments_org_id_received_at", "payments", ["org_id", "received_at"], unique=False)
    op.create_index("uq_payments_provider_payment_id", "payments", ["provider_payment_id"], unique=True)
    op.create_table(
        "invoices",
        sa.Column("project_id", sa.UUID(), nullable=False),
        sa.Column("proposal_id", sa.UUID(), nullable=False),
        sa.Column("payment_id", sa.UUID(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("subtotal", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("line_items", postgresql.JSONB(astext_type=Text()), nullable=False),
        sa.Column("seller", postgresql.JSONB(astext_type=Text()), nullable=False),
        sa.Column("buyer", postgresql.JSONB(astext_type=Text()), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pdf_key", sa.Text(), nullable=True),
        sa.Column("pdf_sha256", sa.Text(), nullable=True),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("org_id", sa.UUID(), nullable=False),
        sa.CheckConstraint("status in ('ISSUED', 'PAID', 'VOID')", name=op.f("ck_invoices_status")),
        sa.CheckConstraint("subtotal + tax = total", name=op.f("ck_invoices_sums")),
        sa.ForeignKeyConstraint(
            ["org_id", "payment_id"], ["payments.org_id", "payments.id"], name=op.f("fk_invoices_org_id_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "project_id"], ["projects.org_id", "projects.id"], name=op.f("fk_invoices_org_id_project_id")
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "proposal_id"], ["proposals.org_id", "proposals.id"], name=op.f("fk_invoices_org_id_proposal_id")
        ),
        sa.ForeignKeyConstraint(["org_id"], ["organizations.id"], name=op.f("fk_invoices_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoices")),
        sa.UniqueConstraint("org_id", "id", name="uq_invoices_org_id_id"),
    )
    op.create_index("ix_invoices_org_id_created_at", "invoices", ["org_id", "created_at"], unique=False)
    op.create_index("ix_invoices_org_id_project_id", "invoices", ["org_id", "project_id"], unique=False)
    op.create_index("uq_invoices_org_id_payment_id", "invoices", ["org_id", "payment_id"], unique=True)
    op.create_index("uq_invoices_year_sequence", "invoices", ["year", "sequence"], unique=True)
    protect("login_attempts", owner=None, signin="select insert update delete", system="select insert update delete")
    protect("migration_evidence", owner=None, system="select insert")
    protect("n8n_environments", owner=None, system="select insert update delete")
    protect("number_series", owner=None, system="select insert update delete")
    protect(
        "organizations",
        owner="id",
        runtime="select insert update",
        signin="select",
        system="select insert update delete",
    )
    protect("schedule_slots", owner=None, system="select insert update delete")
    protect("stripe_events", owner=None, system="select insert update delete")
    protect("workflow_templates", owner=None, system="select insert update delete")
    protect("audit_events", owner="org_id", runtime="select insert", signin="insert", system="select insert")
    protect(
        "idempotency_keys",
        owner="org_id",
        runtime="select insert update delete",
        signin="select insert update delete",
        system="select insert update delete",
    )
    protect(
        "outbox",
        owner="org_id",
        runtime="select insert update",
        signin="select insert",
        system="select insert update delete",
    )
    protect("projects", owner="org_id", runtime="select update", system="select insert update delete")
    protect(
        "users", owner="org_id", runtime="select insert update", signin="select", system="select insert update delete"
    )
    protect("onboarding_profiles", owner="org_id", runtime="select insert update", system="select insert update delete")
    protect("onboarding_steps", owner="org_id", runtime="select insert", system="select insert update delete")
    protect(
        "one_time_tokens",
        owner="org_id",
        runtime="select insert update",
        signin="select",
        system="select insert update delete",
    )
    protect(
        "proposals",
        owner="org_id",
        runtime="select insert update",
        signin="select",
        system="select insert update delete",
    )
    protect(
        "sessions",
        owner="org_id",
        runtime="select insert update",
        signin="select",
        system="select insert update delete",
    )
    protect(
        "workflow_instances",
        owner="org_id",
        runtime="select update",
        signin="select",
        system="select insert update delete",
    )
    protect("executions", owner="org_id", runtime="select insert update", system="select insert update delete")
    protect("payment_intents", owner="org_id", runtime="select insert update", system="select insert update delete")
    protect(
        "refresh_tokens",
        owner="org_id",
        runtime="select insert update",
        signin="select",
        system="select insert update delete",
    )
    protect("payments", owner="org_id", runtime="select", system="select insert update delete")
    protect("invoices", owner="org_id", runtime="select update", system="select insert update delete")
    execute(*APPEND_ONLY, *NOTIFY_ON_INSERT)


def downgrade() -> None:
    execute(
        "drop trigger outbox_notify on outbox",
        "drop function app.notify_outbox()",
        "drop trigger audit_events_append_only on audit_events",
        "drop function app.refuse_change()",
    )
    # The policies call it.
    op.execute("drop function app.current_org() cascade")
    op.drop_index("uq_invoices_year_sequence", table_name="invoices")
    op.drop_index("uq_invoices_org_id_payment_id", table_name="invoices")
    op.drop_index("ix_invoices_org_id_project_id", table_name="invoices")
    op.drop_index("ix_invoices_org_id_created_at", table_name="invoices")
    op.drop_table("invoices")
    op.drop_index("uq_payments_provider_payment_id", table_name="payments")
    op.drop_index("ix_payments_org_id_received_at", table_name="payments")
    op.drop_table("payments")
    op.drop_index("uq_refresh_tokens_token_hash", table_name="refresh_tokens")
    op.drop_index("ix_refresh_tokens_session_id", table_name="refresh_tokens")
    op.drop_index("ix_refresh_tokens_org_id", table_name="refresh_tokens")
    op.drop_table("refresh_tokens")
    op.drop_index(
        "uq_payment_intents_succeeded", table_name="payment_intents", postgresql_where=sa.text("status = 'SUCCEEDED'")
    )
    op.drop_index(
        "uq_payment_intents_open",
        table_name="payment_intents",
        postgresql_where=sa.text("status in ('CREATED', 'CHECKOUT_OPEN')"),
    )
    op.drop_index("uq_payment_intents_checkout_session_id", table_name="payment_intents")
    op.drop_index("ix_payment_intents_org_id_proposal_id", table_name="payment_intents")
    op.drop_index(
        "ix_payment_intents_open", table_name="payment_intents", postgresql_where=sa.text("status = 'CHECKOUT_OPEN'")
    )
    op.drop_table("payment_intents")
    op.drop_index("ix_executions_workflow_id_created_at_id", table_name="executions")
    op.drop_index("ix_executions_running", table_name="executions", postgresql_where="status = 'RUNNING'")
    op.drop_index("ix_executions_org_id_created_at_id", table_name="executions")
    op.drop_table("executions")
    op.drop_index("ix_workflow_instances_project_id", table_name="workflow_instances")
    op.drop_index("ix_workflow_instances_org_id_created_at_id", table_name="workflow_instances")
    op.drop_index("ix_workflow_instances_environment_id", table_name="workflow_instances")
    op.drop_index("ix_workflow_instances_created_at_id", table_name="workflow_instances")
    op.drop_table("workflow_instances")
    op.drop_index("ix_sessions_user_id", table_name="sessions")
    op.drop_index("ix_sessions_org_id_user_id", table_name="sessions")
    op.drop_table("sessions")
    op.drop_index("uq_proposals_viewing_token_hash", table_name="proposals")
    op.drop_index("uq_proposals_org_id_project_id_version", table_name="proposals")
    op.drop_index(
        "uq_proposals_active",
        table_name="proposals",
        postgresql_where=sa.text("status in ('DRAFT', 'SENT', 'APPROVED')"),
    )
    op.drop_index("ix_proposals_waiting", table_name="proposals", postgresql_where=sa.text("status = 'SENT'"))
    op.drop_index("ix_proposals_org_id_created_at_id", table_name="proposals")
    op.drop_index("ix_proposals_created_at_id", table_name="proposals")
    op.drop_table("proposals")
    op.drop_index("uq_one_time_tokens_token_hash", table_name="one_time_tokens")
    op.drop_index("ix_one_time_tokens_user_id", table_name="one_time_tokens")
    op.drop_index("ix_one_time_tokens_org_id", table_name="one_time_tokens")
    op.drop_table("one_time_tokens")
    op.drop_table("onboarding_steps")
    op.drop_table("onboarding_profiles")
    op.drop_index("uq_users_email", table_name="users")
    op.drop_index("ix_users_org_id_created_at", table_name="users")
    op.drop_table("users")
    op.drop_index("uq_projects_code", table_name="projects")
    op.drop_index("ix_projects_status_created_at_id", table_name="projects")
    op.drop_index("ix_projects_org_id_created_at_id", table_name="projects")
    op.drop_index("ix_projects_created_at_id", table_name="projects")
    op.drop_table("projects")
    op.drop_index("ix_outbox_org_id", table_name="outbox")
    op.drop_index("ix_outbox_due", table_name="outbox", postgresql_where=sa.text("done_at is null and dead_at is null"))
    op.drop_table("outbox")
    op.drop_index("uq_idempotency_keys_caller_key", table_name="idempotency_keys")
    op.drop_index("ix_idempotency_keys_org_id", table_name="idempotency_keys")
    op.drop_index("ix_idempotency_keys_created_at", table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
    op.drop_index("ix_audit_events_resource", table_name="audit_events")
    op.drop_index("ix_audit_events_org_id_occurred_at", table_name="audit_events")
    op.drop_index("ix_audit_events_occurred_at_id", table_name="audit_events")
    op.drop_index("ix_audit_events_actor_id_occurred_at", table_name="audit_events")
    op.drop_table("audit_events")
    op.drop_index("ix_workflow_templates_is_current_created_at_id", table_name="workflow_templates")
    op.drop_table("workflow_templates")
    op.drop_index("uq_stripe_events_external_id", table_name="stripe_events")
    op.drop_index(
        "ix_stripe_events_unhandled", table_name="stripe_events", postgresql_where=sa.text("handled_at is null")
    )
    op.drop_table("stripe_events")
    op.drop_table("schedule_slots")
    op.drop_index("uq_organizations_name", table_name="organizations")
    op.drop_index("uq_organizations_domain", table_name="organizations")
    op.drop_index("ix_organizations_created_at_id", table_name="organizations")
    op.drop_table("organizations")
    op.drop_table("number_series")
    op.drop_table("n8n_environments")
    op.drop_table("migration_evidence")
    op.drop_index("ix_login_attempts_email_created_at", table_name="login_attempts")
    op.drop_table("login_attempts")
    op.execute("drop schema app")
