"""What each key still opens, and whether it may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from capecontrol.core.rings.ring import RingName
from capecontrol.core.rings.rings import legacy_id
from capecontrol.core.secret_keys.columns import Form, KeyedColumn
from capecontrol.core.secret_keys.dao import KeyedValueDao, SecretKeyDao
from capecontrol.core.secret_keys.model import SecretKeyRecord
from capecontrol.core.work import UnitOfWork

#: How long after a key was replaced nothing can need it any more that does not lie in the database.
RETIRES_AFTER = {
    # As long as an access token is good, and an hour.
    RingName.TOKENS: timedelta(hours=25),
    # A page that was open for longer is refused once, and takes a new pair by itself.
    RingName.CSRF: timedelta(hours=48),
    # What these made is counted; what is under way comes to its end.
    RingName.PEPPER: timedelta(minutes=10),
    RingName.SEALING: timedelta(minutes=10),
}


class KeyState(StrEnum):
    """Where a key is in its life."""

    WAITING = "waiting"
    CURRENT = "current"
    READING = "reading"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class KeyUsage:
    """One key. ``needed_by`` counts what lies in the database; ``retires_at`` is when nothing else can need it."""

    ring: RingName
    id: str
    is_legacy: bool
    state: KeyState
    made_at: datetime | None
    used_from: datetime | None
    retires_at: datetime | None
    sealed_by: str | None
    needed_by: dict[str, int]


async def usage(work: UnitOfWork, columns: Sequence[KeyedColumn]) -> list[KeyUsage]:
    """Return all keys by ring, oldest first, each ring's legacy entry before them."""
    keys = SecretKeyDao(work)
    now, records = await keys.database_time(), await keys.oldest_first()
    found = []
    for ring in RingName:
        own = [record for record in records if record.ring is ring and record.id != legacy_id(ring)]
        gone = next((record for record in records if record.id == legacy_id(ring)), None)
        in_use = [record for record in own if record.used_from <= now]
        current = next((record for record in reversed(in_use) if record.sealed is not None), None)
        replaced_at = min((record.used_from for record in in_use), default=None)
        found.append(
            KeyUsage(
                ring=ring,
                id=legacy_id(ring),
                is_legacy=True,
                state=KeyState.RETIRED if gone else KeyState.READING if current else KeyState.CURRENT,
                made_at=None,
                used_from=None,
                retires_at=replaced_at + RETIRES_AFTER[ring] if replaced_at else None,
                sealed_by=None,
                needed_by={} if gone else await _needed(work, ring, None, columns),
            )
        )
        for record in own:
            successor = next((one for one in in_use if one.used_from > record.used_from), None)
            found.append(
                KeyUsage(
                    ring=ring,
                    id=record.id,
                    is_legacy=False,
                    state=_state(record, current, now),
                    made_at=record.made_at,
                    used_from=record.used_from,
                    retires_at=successor.used_from + RETIRES_AFTER[ring] if successor else None,
                    sealed_by=record.sealed_by,
                    needed_by={} if record.sealed is None else await _needed(work, ring, record.id, columns),
                )
            )
    return found


def _state(record: SecretKeyRecord, current: SecretKeyRecord | None, now: datetime) -> KeyState:
    if record.sealed is None:
        return KeyState.RETIRED
    if record.used_from > now:
        return KeyState.WAITING
    return KeyState.CURRENT if record is current else KeyState.READING


async def _needed(
    work: UnitOfWork, ring: RingName, identifier: str | None, columns: Sequence[KeyedColumn]
) -> dict[str, int]:
    """Count by form what was made with a key."""
    values, counted = KeyedValueDao(work), dict[str, int]()
    for column in columns:
        if column.ring is ring and (count := await values.count(column, identifier)):
            counted[column.form] = counted.get(column.form, 0) + count
    if ring is RingName.SEALING and (count := await values.count_messages(identifier)):
        counted[Form.SEALED] = counted.get(Form.SEALED, 0) + count
    return counted
