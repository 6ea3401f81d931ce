"""E-mails of a proposal that did not arrive, as its row keeps them until they are sent again."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


class UndeliveredReason(StrEnum):
    """Why an e-mail wasn't delivered."""

    #: The mail server refused it for good.
    REFUSED = "REFUSED"
    #: All attempts of about four days failed.
    UNREACHABLE = "UNREACHABLE"
    #: Nobody in the organization can get it.
    NO_RECIPIENT = "NO_RECIPIENT"
    #: The project was archived before it went out.
    WITHHELD = "WITHHELD"


@dataclass(frozen=True, slots=True)
class Undelivered:
    """One e-mail that was given up. ``message_id`` is its dead letter, ``to`` is empty where it was never addressed."""

    message_id: uuid.UUID
    to: str
    reason: UndeliveredReason
    at: datetime


def read_undelivered(stored: Mapping[str, Mapping[str, str]]) -> list[Undelivered]:
    """Return what a row keeps, the oldest first."""
    kept = [
        Undelivered(uuid.UUID(key), one["to"], UndeliveredReason(one["reason"]), datetime.fromisoformat(one["at"]))
        for key, one in stored.items()
    ]
    return sorted(kept, key=lambda one: (one.at, one.message_id))


def write_undelivered(mails: Iterable[Undelivered]) -> dict[str, dict[str, str]]:
    """Return what a row keeps."""
    return {
        str(one.message_id): {"to": one.to, "reason": one.reason, "at": one.at.astimezone(UTC).isoformat()}
        for one in mails
    }
