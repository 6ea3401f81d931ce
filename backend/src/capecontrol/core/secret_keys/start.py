"""Who may start on a database: only who shares a secret with those that started on it before."""

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.rings.rings import SecretRings
from capecontrol.core.secret_keys.columns import Form, KeyedColumn
from capecontrol.core.secret_keys.dao import KeyedValueDao, KeyFingerprintDao, SecretKeyDao
from capecontrol.core.secret_keys.model import FingerprintKind
from capecontrol.core.work import UnitOfWork, UnitOfWorkFactory


class SecretsRefused(Exception):
    """Carries one sentence: why nothing may run on this database with these secrets."""


async def check_secrets(factory: UnitOfWorkFactory, columns: tuple[KeyedColumn, ...]) -> None:
    """Compare the environment's secrets with those that the database knows, and note the new ones among them.

    A database that knows none takes these.

    Raises:
        SecretsRefused: none of ENCRYPTION_KEYS is known, one is missing that a key needs, or SECRET_KEY is another.
    """
    actor = Actor.system("secrets")
    async with factory.unit(actor, PlatformScope("secrets: check the environment's")) as work:
        await SecretKeyDao(work).lock()
        await _check_encryption_keys(work, factory.rings)
        await _check_secret_key(work, factory.rings, columns)


async def _check_encryption_keys(work: UnitOfWork, rings: SecretRings) -> None:
    fingerprints, ours = KeyFingerprintDao(work), rings.master.fingerprints
    known = await fingerprints.known(FingerprintKind.MASTER)
    if known and known.isdisjoint(ours):
        raise SecretsRefused(
            "None of ENCRYPTION_KEYS has ever been used with this database: it belongs to another installation, or the "
            "setting is mistyped. Start with the ENCRYPTION_KEYS that the database was used with."
        )
    missing = [key.id for key in await SecretKeyDao(work).oldest_first() if key.sealed_by not in (None, *ours)]
    if missing:
        raise SecretsRefused(
            f"ENCRYPTION_KEYS lacks the entry that seals {', '.join(missing)}: put it back behind the others, "
            "and take it away only after `capecontrol secrets reseal`."
        )
    await fingerprints.note(FingerprintKind.MASTER, [one for one in ours if one not in known])


async def _check_secret_key(work: UnitOfWork, rings: SecretRings, columns: tuple[KeyedColumn, ...]) -> None:
    fingerprints, ours = KeyFingerprintDao(work), rings.secret_fingerprint
    known = await fingerprints.known(FingerprintKind.LEGACY)
    if known and ours not in known:
        values = KeyedValueDao(work)
        count = sum([await values.count(column, None) for column in columns if column.form is Form.PEPPERED])
        if count:
            raise SecretsRefused(
                f"SECRET_KEY is not the one that this database was used with, and {count} "
                f"{'password needs' if count == 1 else 'passwords need'} that one: start with it. "
                f"To change keys run `capecontrol secrets rotate`; SECRET_KEY itself stays."
            )
    if ours not in known:
        await fingerprints.note(FingerprintKind.LEGACY, [ours])
