"""Bodies of the onboarding."""

from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field

from capecontrol.core.http.body import Line, Moment, Paragraph, RequestBody, ResponseBody
from capecontrol.features.onboarding.lifecycle import Progress, Step

_ZONES = available_timezones()


def _known_zone(name: str) -> str:
    if name not in _ZONES:
        raise ValueError("must be a time zone's name, such as Africa/Johannesburg")
    return name


class ProfilePatch(RequestBody):
    """What to change; members that are left out stay."""

    job_title: Annotated[Line, Field(max_length=120)] | None = None
    timezone: (
        Annotated[Line, Field(max_length=60, examples=["Africa/Johannesburg"]), AfterValidator(_known_zone)] | None
    ) = None
    goals: Annotated[Paragraph, Field(max_length=2000)] | None = None


class StepOut(ResponseBody):
    """A step."""

    name: Step
    completed_at: Moment | None


class ProfileOut(ResponseBody):
    """A person's answers."""

    job_title: str | None
    timezone: str | None
    goals: str | None


class OnboardingOut(ResponseBody):
    """How far a person is."""

    completed: bool
    next: Step | None = Field(description="The step to take now; null when all are taken.")
    steps: list[StepOut]
    profile: ProfileOut

    @classmethod
    def of(cls, progress: Progress) -> "OnboardingOut":
        """Return the answer."""
        return cls(
            completed=progress.completed,
            next=next((step.name for step in progress.steps if step.completed_at is None), None),
            steps=[StepOut.map_from(step) for step in progress.steps],
            profile=ProfileOut.map_from(progress),
        )
