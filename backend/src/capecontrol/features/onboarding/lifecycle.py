"""The order of the steps, pure."""

from collections.abc import Collection
from enum import StrEnum


class Step(StrEnum):
    """The steps, in order."""

    WELCOME = "welcome"
    PROFILE = "profile"
    CHECKLIST = "checklist"
    GUIDE = "guide"


ORDER = tuple(Step)


def next_step(completed: Collection[Step]) -> Step | None:
    """Return the first step that is not completed, or None when all are."""
    return next((step for step in ORDER if step not in completed), None)
