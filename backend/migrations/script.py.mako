"""${message}

Revision: ${up_revision}, after ${down_revision | comma,n}
Written: ${create_date}

The ritual:
1. It runs under lock_timeout 4 s and statement_timeout 60 s, in one transaction, while the previous release serves
   traffic. Add columns nullable or with a constant default; never rename or drop what the running release reads.
2. NOT NULL on a filled table takes three releases: add nullable and write both; fill in batches; then
   `alter table … add constraint … check (… is not null) not valid`, validate, set not null.
3. An index on a filled table: `with op.get_context().autocommit_block(): op.create_index(…, postgresql_concurrently=True)`,
   in a migration of its own.
4. A new table calls `protect(…)` here, with the words of its model's `access`; the catalog test finds what escapes.
5. Going down undoes exactly this step, or raises with the reason why it cannot.
6. Raise the newest revision of `COMPATIBLE_REVISIONS` in main/release.py (and the oldest only when the code needs it).
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from capecontrol.core.db.protection import protect
${imports if imports else ""}
revision: str = ${repr(up_revision)}
down_revision: str | None = ${repr(down_revision)}
branch_labels: str | Sequence[str] | None = ${repr(branch_labels)}
depends_on: str | Sequence[str] | None = ${repr(depends_on)}


def upgrade() -> None:
    """Go up."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Go down."""
    ${downgrades if downgrades else "pass"}
