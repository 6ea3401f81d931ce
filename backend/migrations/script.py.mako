"""${message}

Revision: ${up_revision}, after ${down_revision | comma,n}
Written: ${create_date}

The ritual:
1. It runs under lock_timeout 4 s and statement_timeout 60 s, in one transaction, while the previous release serves
   traffic. Expand: add columns nullable or with a constant default. Never rename or drop what the running release
   reads; a later release contracts.
2. NOT NULL on a filled table takes three releases: add nullable and write both; fill in batches; then
   `alter table … add constraint … check (… is not null) not valid`, validate, set not null.
3. An index on a filled table: `with op.get_context().autocommit_block(): op.create_index(…, postgresql_concurrently=True)`,
   in a migration of its own.
4. It imports nothing of the product and says its SQL itself, so that nothing can change it later: ADR 0008.
5. A new table calls its own `protect(…)`, with the words of its model's `access`; the catalog test finds what escapes.
6. Going down undoes exactly this step, or raises with the reason why it cannot.
7. Raise the newest revision of `COMPATIBLE_REVISIONS` in main/release.py (and the oldest only when the code needs it).
8. `oldest_code` is what the oldest code that still runs on the new schema was made for, and lets that release go on
   or come back. An expansion lowers it to the revision before; a contraction names the expansion that it completes.
9. What it carries over from older rows has a test on the installations of older releases: tests/upgrade/README.md.
"""
<% makes_tables = "op.create_table(" in (upgrades or "") %>
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision: str = ${repr(up_revision)}
down_revision: str | None = ${repr(down_revision)}
branch_labels: str | Sequence[str] | None = ${repr(branch_labels)}
depends_on: str | Sequence[str] | None = ${repr(depends_on)}
oldest_code: str = ${repr(up_revision)}

% if makes_tables:

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

% endif

def upgrade() -> None:
    """Go up."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Go down."""
    ${downgrades if downgrades else "pass"}
