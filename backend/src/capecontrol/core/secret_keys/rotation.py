"""Make new keys."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from capecontrol.core.rings.ring import RingName
from capecontrol.core.rings.rings import SecretRings
from capecontrol.core.secret_keys.dao import SecretKeyDao
from capecontrol.core.secret_keys.model import SecretKeyRecord
from capecontrol.core.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A key that was made, and when it begins to be used."""

    ring: RingName
    id: str
    used_from: datetime


async def rotate(work: UnitOfWork, rings: SecretRings, names: Sequence[RingName]) -> list[MadeKey]:
    """Make a key for each of some rings.

    It is used when the grace has passed: by then every process has read it. Older keys still verify and decrypt.
    """
    keys, made = SecretKeyDao(work), []
    used_from = await keys.lock() + rings.times.grace
    for name in names:
        identifier = _new_id()
        await keys.add(
            SecretKeyRecord(
                id=identifier,
                ring=name,
                sealed=rings.master.seal(name, identifier, secrets.token_bytes(32)),
                sealed_by=rings.master.newest,
                used_from=used_from,
            )
        )
        await work.record("secret.rotated", resource=("secret_key", identifier), metadata={"ring": str(name)})
        made.append(MadeKey(name, identifier, used_from))
    return made


def _new_id() -> str:
    """Return eight letters and digits: short enough for every token, and never two alike (the key of the table)."""
    return base64.b32encode(secrets.token_bytes(5)).decode().lower()
