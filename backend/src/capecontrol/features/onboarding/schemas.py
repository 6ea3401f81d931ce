"""Bodies of the onboarding."""

from typing import Annotated

from pydantic import Field

from capecontrol.core.http.body import Line, Moment, Paragraph, RequestBody, ResponseBody
from capecontrol.core.http.timezone_name import TimezoneName
from capecontrol.features.onboarding.lifecycle import Progress, Step


class ProfilePatch(RequestBody):
    """What to change; members that are left out stay."""

    job_title: Annotated[Line, Field(max_length=120)] | None = None
    timezone: TimezoneName | None = None
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
