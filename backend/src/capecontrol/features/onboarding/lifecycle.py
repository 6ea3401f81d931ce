"""The order of the steps, pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """A step of the onboarding, in order."""

    WELCOME = "welcome"
    PROFILE = "profile"
    CHECKLIST = "checklist"
    GUIDE = "guide"


ORDER = tuple(Step)

#: What people call each step: the titles of its page.
STEP_WORDS: Mapping[Step, str] = {
    Step.WELCOME: "Welcome",
    Step.PROFILE: "Profile",
    Step.CHECKLIST: "What happens next",
    Step.GUIDE: "Tips",
}


@dataclass(frozen=True, slots=True)
class StepProgress:
    """One step and when it was taken."""

    name: Step
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a person is, and what they told of themselves."""

    completed: bool
    steps: list[StepProgress]
    job_title: str | None = None
    timezone: str | None = None
    goals: str | None = None


def next_step(completed: Collection[Step]) -> Step | None:
    """Return the first step that is not completed, or None when all are."""
    return next((step for step in ORDER if step not in completed), None)


def steps_in_order(taken: Mapping[str, str] | None) -> list[StepProgress]:
    """Return the steps in their order, and when a client took each.

    Args:
        taken: what the DAO's ``steps_taken`` says of them: times as RFC 3339 writes them, by name.
    """
    known = {Step(name): datetime.fromisoformat(moment) for name, moment in (taken or {}).items()}
    return [StepProgress(step, known.get(step)) for step in ORDER]
