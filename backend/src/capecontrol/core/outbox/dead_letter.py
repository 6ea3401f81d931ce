"""A message that was given up, as whoever is told of it sees it."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One message that nobody delivers until it is revived.

    ``was_given_up``: its consumer said that trying again does not help (``GiveUp``); else all attempts failed.
    """

    message_id: uuid.UUID
    org_id: uuid.UUID | None
    was_given_up: bool
