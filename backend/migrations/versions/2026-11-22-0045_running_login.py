"""What the login that runs the platform must be able to read, and what nobody but the owner needs.

Revision: 20261122_0045, after 20261122_0041

A process asks which revision the schema is on before it takes on a role, so the login that owns nothing may read that one
word. Temporary tables and new objects in the schema ``public`` were everybody's by PostgreSQL's defaults. Where the login
that migrates does not own the database itself, PostgreSQL warns and leaves its default.
"""

from alembic import op

revision = "20261122_0045"
down_revision = "20261122_0041"
branch_labels = None
depends_on = None
oldest_code = "20261121_0820"

#: The name of the database is known only where it runs.
ON_DATABASE = """
do $$ begin execute format('{words} temporary on database %I {to} public', current_database()); end $$
"""


def upgrade() -> None:
    """Let everybody who may connect read the revision, and nothing be made."""
    op.execute("grant select on alembic_version to public")
    op.execute("revoke create on schema public from public")
    op.execute(ON_DATABASE.format(words="revoke", to="from"))


def downgrade() -> None:
    """Return to the defaults; that nobody makes tables in ``public`` is PostgreSQL's own from version 15 on."""
    op.execute(ON_DATABASE.format(words="grant", to="to"))
    op.execute("revoke select on alembic_version from public")
