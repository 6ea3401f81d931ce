"""What each key still opens, and whether it may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from capecontrol.core.rings.ring import RingName
from capecontrol.core.rings.rings import legacy_id
from capecontrol.core.secret_keys.columns import Form, KeyedColumn
from capecontrol.core.secret_keys.dao import KeyedValueDao, SecretKeyDao
from capecontrol.core.secret_keys.issued import Issued
from capecontrol.core.secret_keys.model import SecretKeyRecord
from capecontrol.core.work import UnitOfWork

#: What is under way when a key is replaced has ended by then.
UNDER_WAY = timedelta(minutes=10)
#: What was issued is expired by then, whatever the clocks of the processes say.
EXPIRED = timedelta(hours=1)


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


async def usage(work: UnitOfWork, columns: Sequence[KeyedColumn], issued: Sequence[Issued]) -> list[KeyUsage]:
    """Return all keys by ring, oldest first, each ring's legacy entry before them.

    Args:
        work: of the platform.
        columns: where the database holds what was made with keys.
        issued: what is signed with keys and lies elsewhere.
    """
    keys = SecretKeyDao(work)
    now, records = await keys.database_time(), await keys.oldest_first()
    found = []
    for ring in RingName:
        own = [record for record in records if record.ring is ring and record.id != legacy_id(ring)]
        gone = next((record for record in records if record.id == legacy_id(ring)), None)
        in_use = [record for record in own if record.used_from <= now]
        current = next((record for record in reversed(in_use) if record.sealed is not None), None)
        retires_after = _retires_after(ring, issued)
        replaced_at = min((record.used_from for record in in_use), default=None)
        found.append(
            KeyUsage(
                ring=ring,
                id=legacy_id(ring),
                is_legacy=True,
                state=KeyState.RETIRED if gone else KeyState.READING if current else KeyState.CURRENT,
                made_at=None,
                used_from=None,
                retires_at=replaced_at + retires_after if replaced_at else None,
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
                    retires_at=successor.used_from + retires_after if successor else None,
                    sealed_by=record.sealed_by,
                    needed_by={} if record.sealed is None else await _needed(work, ring, record.id, columns),
                )
            )
    return found


def _retires_after(ring: RingName, issued: Sequence[Issued]) -> timedelta:
    """Return how long after a key was replaced nothing can need it any more that does not lie in the database."""
    lifetimes = [one.lifetime for one in issued if one.ring is ring]
    return max(lifetimes) + EXPIRED if lifetimes else UNDER_WAY


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
