"""How a change of the business is recorded."""

import re
import uuid
from collections.abc import Mapping
from typing import Any

from capecontrol.core.audit import digested
from capecontrol.core.work import UnitOfWork

#: A longer text is told by its length and SHA-256: terms have thousands of characters, and each change has two of them.
TEXT_MAX = 200
#: How much of an account number the audit log may hold: so many of its last characters, and nothing of a short one.
TAIL_MAX, SHORT_MAX = 3, 8
_HIDDEN = "not shown"
#: Of the bank details, the codes that name a bank: invoices print them, and they are no account's.
_CODES = frozenset({"bic", "branch_code"})
#: An IBAN, or as many digits as an account number has, in groups or not.
_NUMBER_WITHIN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b|\d(?: ?\d){6,}")


async def record_change(
    work: UnitOfWork, action: str, row_id: uuid.UUID, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Record what members were, and what they are now."""
    metadata = {
        when: {name: _told(name, value) for name, value in members.items()}
        for when, members in (("before", before), ("after", after))
    }
    _tell_apart(metadata, before.get("bank"), after.get("bank"))
    await work.record(action, resource=("business", row_id), metadata=metadata)


def _told(name: str, value: Any) -> Any:
    if name == "bank" and value is not None:
        return {member: _bank_detail(member, text) for member, text in value.items()}
    return _shortened(value)


def _bank_detail(member: str, text: str) -> object:
    """Return what is kept of a bank detail: what invoices print, and no account number in full wherever it stands."""
    if member == "number":
        return _ending(text)
    return text if member in _CODES else _NUMBER_WITHIN.sub(lambda found: f"(number {_ending(found[0])})", text)


def _ending(number: str) -> str:
    signs = re.sub(r"\W", "", number)
    return f"ending {signs[-TAIL_MAX:]}" if len(signs) > SHORT_MAX else _HIDDEN if signs else ""


def _tell_apart(
    metadata: Mapping[str, dict[str, Any]], before: Mapping[str, str] | None, after: Mapping[str, str] | None
) -> None:
    """Say of a number that took the place of one with the same end that it is another one."""
    if not before or not after or before.get("number") == after.get("number"):
        return
    was, now = metadata["before"]["bank"].get("number"), metadata["after"]["bank"]
    if was == now.get("number"):
        now["number"] = f"another number, {was}"


def _shortened(value: Any) -> object:
    match value:
        case str() if len(value) > TEXT_MAX:
            return digested(value)
        case dict():
            return {name: _shortened(member) for name, member in value.items()}
        case list():
            return [_shortened(member) for member in value]
        case _:
            return value
