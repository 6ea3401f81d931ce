"""Bodies of the onboarding."""

from typing import Annotated

from pydantic import Field

from capecontrol.core.http.body import Line, Moment, Paragraph, RequestBody, ResponseBody
from capecontrol.core.http.optional_member import NotNull
from capecontrol.core.http.timezone_name import TimezoneName
from capecontrol.features.onboarding.lifecycle import Progress, Step

JobTitle = Annotated[Line, Field(max_length=120)]
Goals = Annotated[Paragraph, Field(max_length=2000)]


class ProfilePatch(RequestBody):
    """The changes to the profile. Fields that are left out stay as they are."""

    job_title: Annotated[JobTitle | None, NotNull()] = Field(default=None, description="The person's job title.")
    timezone: Annotated[TimezoneName | None, NotNull()] = Field(
        default=None, description="The person's time zone. Required to complete the profile step."
    )
    goals: Annotated[Goals | None, NotNull()] = Field(
        default=None, description="What the person would like to automate."
    )


class StepOut(ResponseBody):
    """A step of the onboarding."""

    name: Step = Field(description="The step.")
    completed_at: Moment | None = Field(description="When the person completed the step; null until then.")


class ProfileOut(ResponseBody):
    """The answers from the profile step."""

    job_title: str | None = Field(description="The person's job title.")
    timezone: str | None = Field(description="The person's time zone.")
    goals: str | None = Field(description="What the person would like to automate.")


class OnboardingOut(ResponseBody):
    """The person's progress through the onboarding."""

    completed: bool = Field(description="Whether all steps are complete.")
    next: Step | None = Field(description="The step to complete next; null when all are complete.")
    steps: list[StepOut] = Field(description="All steps in order.")
    profile: ProfileOut = Field(description="The person's answers.")

    @classmethod
    def of(cls, progress: Progress) -> "OnboardingOut":
        """Return the answer."""
        return cls(
            completed=progress.completed,
            next=next((step.name for step in progress.steps if step.completed_at is None), None),
            steps=[StepOut.map_from(step) for step in progress.steps],
            profile=ProfileOut.map_from(progress),
        )
