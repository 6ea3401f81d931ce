"""Audit: what an action records of a security or operational act, and who writes it down."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from capecontrol.core.actor import Actor, Origin
from capecontrol.core.db.transaction import Transaction
from capecontrol.core.ids import new_id
from capecontrol.core.wording import Data, Title, phrase


class Outcome(StrEnum):
    """The outcome of an audited action."""

    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"
    DENIED = "DENIED"

    @classmethod
    def _missing_(cls, value: object) -> "Outcome | None":
        """Read the control plane's spelling as well: ``Success``."""
        return cls.__members__.get(value.upper()) if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class AuditArea:
    """A group of actions that a reader of the log may ask for: a feature names its own, and words them.

    Args:
        prefix: how its actions begin.
        label: what a reader chooses.
        acts: what was done, in words, by the action: they are read behind the name of who did it. Rows of an older
            release may lack what they name.
    """

    prefix: str
    label: str
    acts: Mapping[str, Title]


class AuditAreas(tuple[AuditArea, ...]):
    """The areas of all features, in the order in which a reader chooses from them."""

    __slots__ = ()

    def title(self, action: str, details: Data) -> str:
        """Return what was done, in words; the action itself where no area words it, as of another release."""
        wording = next((area.acts[action] for area in self if action in area.acts), None)
        return wording(details) if wording else action


def export_acts(area: str, things: str) -> Mapping[str, Title]:
    """Return how exports of a list are worded.

    Args:
        area: how the list's actions begin, without the dot.
        things: what its rows are, in the middle of a sentence.
    """
    return {
        f"{area}.export_started": phrase(f"Started to export {things} as CSV"),
        f"{area}.exported": phrase(f"Exported {things} as CSV"),
        f"{area}.export_aborted": phrase(f"CSV export of {things} was interrupted"),
    }


def digested(text: str) -> object:
    """Return what is kept of a text that is not: its length and SHA-256; an empty one is kept as it is."""
    return {"length": len(text), "sha256": hashlib.sha256(text.encode()).hexdigest()} if text else ""


def change_of(before: Data, after: Data) -> dict[str, object]:
    """Return what is kept of an edit: the members that changed, as they were and as they are."""
    changed = [name for name, value in after.items() if value != before[name]]
    return {when: {name: told[name] for name in changed} for when, told in (("before", before), ("after", after))}


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One security or operational act: who did what to which resource, from where, and how it ended."""

    actor: Actor
    origin: Origin
    occurred_at: datetime
    action: str
    resource_type: str
    resource_id: str | None
    outcome: Outcome
    org_id: uuid.UUID | None
    metadata: Mapping[str, object] = field(default_factory=dict)
    id: uuid.UUID = field(default_factory=new_id)


class AuditSink(Protocol):
    """Writes audit events in the unit of work that they tell about. The audit feature implements it."""

    async def write(self, transaction: Transaction, entry: AuditEntry) -> None:
        """Add the event to the unit's transaction: if it cannot be written, the act is undone too."""
        ...
