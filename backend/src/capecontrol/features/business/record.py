"""How a change of the business is recorded."""

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

from capecontrol.core.work import UnitOfWork

#: A longer text is told by its length and SHA-256: terms have thousands of characters, and each change has two of them.
TEXT_MAX = 200
#: How much of a member of the bank details the audit log may hold: at most so many of its last characters.
TAIL_MAX = 4


async def record_change(
    work: UnitOfWork, action: str, row_id: uuid.UUID, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Record what members were, and what they are now."""
    metadata = {
        when: {name: _told(name, value) for name, value in members.items()}
        for when, members in (("before", before), ("after", after))
    }
    await work.record(action, resource=("business", row_id), metadata=metadata)


def _told(name: str, value: Any) -> object:
    if name == "bank" and value is not None:
        return {member: _tail(text) for member, text in value.items()}
    return _shortened(value)


def _tail(text: str) -> str:
    """Return the end of a bank detail: a third of it, so that it tells apart and tells nothing."""
    shown = min(TAIL_MAX, len(text) // 3)
    return f"…{text[-shown:] if shown else ''}" if text else ""


def _shortened(value: Any) -> object:
    match value:
        case str() if len(value) > TEXT_MAX:
            return {"length": len(value), "sha256": hashlib.sha256(value.encode()).hexdigest()}
        case dict():
            return {name: _shortened(member) for name, member in value.items()}
        case list():
            return [_shortened(member) for member in value]
        case _:
            return value
