"""The order of the steps, pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """The steps, in order."""

    WELCOME = "welcome"
    PROFILE = "profile"
    CHECKLIST = "checklist"
    GUIDE = "guide"


ORDER = tuple(Step)


@dataclass(frozen=True, slots=True)
class StepProgress:
    """One step and when it was taken."""

    name: Step
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a person is."""

    completed: bool
    steps: list[StepProgress]
    timezone: str | None


def next_step(completed: Collection[Step]) -> Step | None:
    """Return the first step that is not completed, or None when all are."""
    return next((step for step in ORDER if step not in completed), None)
