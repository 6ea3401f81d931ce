"""HTTP: the onboarding."""

import uuid
from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from capecontrol.core.content_tag import content_tag
from capecontrol.core.http import Router, requires
from capecontrol.core.http.etag import IfMatchContent, tag_content
from capecontrol.core.problems import NotFound, PreconditionFailed
from capecontrol.core.work import UnitOfWork
from capecontrol.features.onboarding.actions.complete_step import complete_step
from capecontrol.features.onboarding.actions.update_profile import UpdateProfile, update_profile
from capecontrol.features.onboarding.dao import ProfileDao
from capecontrol.features.onboarding.errors import OnboardingRequired, ProfileIncomplete, StepOutOfOrder
from capecontrol.features.onboarding.lifecycle import Step
from capecontrol.features.onboarding.permissions import ONBOARDING_COMPLETE
from capecontrol.features.onboarding.schemas import OnboardingOut, ProfilePatch

router = Router("onboarding")


def _person(work: UnitOfWork) -> uuid.UUID:
    if work.actor.id is None:
        raise NotFound()
    return work.actor.id


async def _answer(work: UnitOfWork, response: Response) -> OnboardingOut:
    progress = await ProfileDao(work).progress_of(_person(work))
    tag_content(response, content_tag(progress.job_title, progress.timezone, progress.goals))
    return OnboardingOut.of(progress)


@router.get("/api/onboarding", operation_id="get_onboarding", summary="Retrieve the onboarding")
async def get_onboarding(
    work: Annotated[UnitOfWork, requires(ONBOARDING_COMPLETE, while_blocked=(OnboardingRequired,))],
    response: Response,
) -> OnboardingOut:
    """Return the steps, the next one, and the profile."""
    return await _answer(work, response)


@router.patch(
    "/api/onboarding/profile",
    operation_id="update_onboarding_profile",
    summary="Update the onboarding profile",
    problems=[PreconditionFailed],
)
async def update_onboarding_profile(
    body: ProfilePatch,
    work: Annotated[UnitOfWork, requires(ONBOARDING_COMPLETE, while_blocked=(OnboardingRequired,))],
    response: Response,
    expected: IfMatchContent = None,
) -> OnboardingOut:
    """Change the fields that are sent. Others stay as they are."""
    await update_profile(work, _person(work), UpdateProfile(body.job_title, body.timezone, body.goals), expected)
    return await _answer(work, response)


@router.post(
    "/api/onboarding/steps/{step}/complete",
    operation_id="complete_onboarding_step",
    summary="Complete an onboarding step",
    problems=[StepOutOfOrder, ProfileIncomplete],
)
async def complete_onboarding_step(
    step: Annotated[Step, Path(description="The step to complete.")],
    work: Annotated[UnitOfWork, requires(ONBOARDING_COMPLETE, while_blocked=(OnboardingRequired,))],
    response: Response,
) -> OnboardingOut:
    """Complete the next step. After the last one, the rest of the API is available."""
    await complete_step(work, _person(work), step)
    return await _answer(work, response)
