"""Who may start on a database: only who shares a secret with those that started on it before."""

from capecontrol.core.actor import Actor
from capecontrol.core.crypto import Keyring, SealBroken
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.rings.rings import SecretRings
from capecontrol.core.secret_keys.columns import Form, KeyedColumn
from capecontrol.core.secret_keys.dao import KeyedValueDao, KeyFingerprintDao, SecretKeyDao
from capecontrol.core.secret_keys.model import FingerprintKind
from capecontrol.core.work import UnitOfWork, UnitOfWorkFactory

_WAY_OUT = "Start with the ENCRYPTION_KEYS that it was used with, or run `capecontrol secrets adopt` if they are lost."


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
        await _check_encryption_keys(work, factory.rings, columns)
        await _check_secret_key(work, factory.rings, columns)


async def adopt(work: UnitOfWork, rings: SecretRings) -> list[str]:
    """Make a database belong to these secrets, though it was used with others; return the ids of keys that are lost.

    They are retired, since nothing opens them. What they made, and what the other secrets made, opens no more.
    """
    keys, fingerprints = SecretKeyDao(work), KeyFingerprintDao(work)
    now = await keys.lock()
    lost = [key for key in await keys.oldest_first() if key.sealed_by not in (None, *rings.master.fingerprints)]
    for key in lost:
        await keys.retire(key.id, key.ring, now)
    await fingerprints.note(FingerprintKind.MASTER, rings.master.fingerprints)
    await fingerprints.note(FingerprintKind.LEGACY, [rings.secret_fingerprint])
    await work.record("secret.adopted", resource=("secret_key", None), metadata={"lost": [key.id for key in lost]})
    return [key.id for key in lost]


async def _check_encryption_keys(work: UnitOfWork, rings: SecretRings, columns: tuple[KeyedColumn, ...]) -> None:
    fingerprints, ours = KeyFingerprintDao(work), rings.master.fingerprints
    known = await fingerprints.known(FingerprintKind.MASTER)
    if not known and await _opens_nothing(work, columns):
        raise SecretsRefused(
            "None of ENCRYPTION_KEYS can decrypt this database's data: it belongs to another installation, or the "
            f"setting is mistyped. {_WAY_OUT}"
        )
    if known and known.isdisjoint(ours):
        raise SecretsRefused(
            "None of ENCRYPTION_KEYS has ever been used with this database: it belongs to another installation, or the "
            f"setting is mistyped. {_WAY_OUT}"
        )
    missing = [key.id for key in await SecretKeyDao(work).oldest_first() if key.sealed_by not in (None, *ours)]
    if missing:
        raise SecretsRefused(
            f"ENCRYPTION_KEYS lacks the entry that encrypts {', '.join(missing)}: put it back after the others, and "
            "remove it only after `capecontrol secrets reseal`."
        )
    await fingerprints.note(FingerprintKind.MASTER, [one for one in ours if one not in known])


async def _opens_nothing(work: UnitOfWork, columns: tuple[KeyedColumn, ...]) -> bool:
    """Tell whether there are sealed values of before the fingerprints, none of which opens."""
    values = KeyedValueDao(work)
    found = [await values.newest(column) for column in columns if column.form is Form.SEALED]
    sealed = [value if isinstance(value, bytes) else value.encode() for value in found if value is not None]
    return bool(sealed) and not any(_opens(work.keyring, value) for value in sealed)


def _opens(keyring: Keyring, sealed: bytes) -> bool:
    try:
        keyring.open_bytes(sealed)
    except SealBroken:
        return False
    return True


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
                f"To change keys, run `capecontrol secrets rotate`; SECRET_KEY itself never changes."
            )
    if ours not in known:
        await fingerprints.note(FingerprintKind.LEGACY, [ours])
