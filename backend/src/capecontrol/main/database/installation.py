"""Which installation a database belongs to: the question of every start, for who changes the schema."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from capecontrol.core.db.scope import SYSTEM_ROLE
from capecontrol.core.rings.master import MasterRing
from capecontrol.main.database.revision import MigrationRefused

HAS_FINGERPRINTS = "select to_regclass('public.key_fingerprints') is not null"
KNOWN = "select fingerprint from key_fingerprints where kind = 'ENCRYPTION_KEY'"


async def check_installation(connection: AsyncConnection, encryption_keys: Sequence[str]) -> None:
    """Refuse a database that was used with other ENCRYPTION_KEYS; without any to compare, look at nothing.

    Raises:
        MigrationRefused: it shares none with these.
    """
    if not encryption_keys or not (await connection.execute(text(HAS_FINGERPRINTS))).scalar_one():
        return
    # Row-level security binds the table's owner as well; the role ends with the transaction.
    await connection.execute(text("select set_config('role', :role, true)"), {"role": SYSTEM_ROLE})
    known = set((await connection.execute(text(KNOWN))).scalars())
    await connection.rollback()
    if known and known.isdisjoint(MasterRing(encryption_keys).fingerprints):
        raise MigrationRefused(
            "None of ENCRYPTION_KEYS has ever been used with this database: it belongs to another installation. "
            "Nothing was changed."
        )
