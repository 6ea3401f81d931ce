"""Keys of the rings, the fingerprints of the environment's keys, and which webhooks' bodies are sealed.

Revision: 20261122_0031, after 20261122_0030

The code before runs on it: it knows neither table, and reads the bodies of webhooks that wait to be applied as they came.
What is sealed with a key of a ring it cannot read; there is none until ``capecontrol secrets rotate`` makes the first,
which nobody may call while a process of 0.1.0 runs. Therefore nobody goes down either while there is one.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0031"
down_revision = "20261122_0030"
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
    for name, words in (("runtime", runtime), ("signin", signin), ("system", system)):
        if not words:
            continue
        rows = f"{owner} = (select app.current_org())" if name == "runtime" and owner else "true"
        run(f"grant {', '.join(words.split())} on {table} to capecontrol_{name}")
        run(f"create policy {name} on {table} for all to capecontrol_{name} using ({rows}) with check ({rows})")


def upgrade() -> None:
    """Add both tables, and the column."""
    op.create_table(
        "secret_keys",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ring", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("sealed_by", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("used_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ring in ('tokens', 'csrf', 'pepper', 'sealing')", name=op.f("ck_secret_keys_ring")),
        sa.CheckConstraint(
            "(sealed is null) = (retired_at is not null)", name=op.f("ck_secret_keys_retired_is_empty")
        ),
        sa.CheckConstraint("(sealed is null) = (sealed_by is null)", name=op.f("ck_secret_keys_sealed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secret_keys")),
    )
    protect("secret_keys", owner=None, system="select insert update")
    op.create_table(
        "key_fingerprints",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind in ('ENCRYPTION_KEY', 'SECRET_KEY')", name=op.f("ck_key_fingerprints_kind")),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_key_fingerprints")),
    )
    protect("key_fingerprints", owner=None, system="select insert")
    op.add_column(
        "inbound_events", sa.Column("is_sealed", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )


def downgrade() -> None:
    """Drop them, unless something was made with a key that only stands there.

    The bodies of webhooks that were applied and sealed are emptied, as the schedule would in the end: nothing reads them.
    """
    run = op.get_bind().exec_driver_sql
    run("select set_config('role', 'capecontrol_system', true)")
    if run("select exists (select from secret_keys)").scalar_one():
        raise RuntimeError("keys were rotated, and earlier code could read nothing that was made since")
    run("update inbound_events set payload = null where is_sealed")
    run("select set_config('role', 'none', true)")
    op.drop_column("inbound_events", "is_sealed")
    op.drop_table("key_fingerprints")
    op.drop_table("secret_keys")
