"""HTTP: the onboarding."""

import uuid
from typing import Annotated

from capecontrol.core.http import Router, requires
from capecontrol.core.problems import NotFound
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


async def _answer(work: UnitOfWork) -> OnboardingOut:
    return OnboardingOut.of(await ProfileDao(work).progress_of(_person(work)))


@router.get("/api/onboarding", operation_id="get_onboarding", summary="Retrieve the onboarding")
async def get_onboarding(
    work: Annotated[UnitOfWork, requires(ONBOARDING_COMPLETE, while_blocked=(OnboardingRequired,))],
) -> OnboardingOut:
    """Return the steps, the next one, and the profile."""
    return await _answer(work)


@router.patch(
    "/api/onboarding/profile", operation_id="update_onboarding_profile", summary="Update the onboarding profile"
)
async def update_onboarding_profile(
    body: ProfilePatch, work: Annotated[UnitOfWork, requires(ONBOARDING_COMPLETE, while_blocked=(OnboardingRequired,))]
) -> OnboardingOut:
    """Change the fields that are sent. Others stay as they are."""
    await update_profile(work, _person(work), UpdateProfile(body.job_title, body.timezone, body.goals))
    return await _answer(work)


@router.post(
    "/api/onboarding/steps/{step}/complete",
    operation_id="complete_onboarding_step",
    summary="Complete an onboarding step",
    problems=[StepOutOfOrder, ProfileIncomplete],
)
async def complete_onboarding_step(
    step: Step, work: Annotated[UnitOfWork, requires(ONBOARDING_COMPLETE, while_blocked=(OnboardingRequired,))]
) -> OnboardingOut:
    """Complete the next step. After the last one, the rest of the API is available."""
    await complete_step(work, _person(work), step)
    return await _answer(work)
