"""Take a step of the onboarding."""

import uuid

from capecontrol.core.work import UnitOfWork
from capecontrol.features.onboarding.dao import ProfileDao, StepDao
from capecontrol.features.onboarding.errors import ProfileIncomplete, StepOutOfOrder
from capecontrol.features.onboarding.lifecycle import STEP_WORDS, Step, next_step
from capecontrol.features.onboarding.models import OnboardingStep


async def complete_step(work: UnitOfWork, user_id: uuid.UUID, step: Step) -> None:
    """Mark a step as taken; taking it again changes nothing.

    Raises:
        StepOutOfOrder: an earlier step is missing.
        ProfileIncomplete: the profile has no time zone yet.
    """
    # The profile's row lock lets two clicks at once through one after the other.
    profile = await ProfileDao(work).open(user_id, lock=True)
    taken = await StepDao(work).taken_by(user_id)
    if step in taken:
        return
    due = next_step(taken.keys())
    if step is not due:
        raise StepOutOfOrder(f"Continue with “{STEP_WORDS[due]}”." if due else None, allowed=[due] if due else [])
    if step is Step.PROFILE and not profile.timezone:
        raise ProfileIncomplete("Choose your time zone to continue.", allowed=[])
    now = work.now()
    await StepDao(work).add(OnboardingStep(org_id=work.org_id, user_id=user_id, step=step.value, created_at=now))
    if next_step([*taken, step]) is None:
        profile.completed_at = now
    await work.session.flush()
    await work.record("onboarding.step_completed", resource=("user", user_id), metadata={"step": step})
