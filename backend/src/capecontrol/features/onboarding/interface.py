"""What other features may know of the onboarding."""

import uuid
from datetime import datetime

from capecontrol.core.work import UnitOfWork
from capecontrol.features.onboarding.dao import ProfileDao, StepDao, profiles_to_join
from capecontrol.features.onboarding.errors import OnboardingRequired
from capecontrol.features.onboarding.lifecycle import ORDER, Step, StepProgress, steps_in_order
from capecontrol.features.onboarding.models import OnboardingStep

__all__ = [
    "Step",
    "StepProgress",
    "complete_all",
    "onboarding_due",
    "profiles_to_join",
    "steps_in_order",
]


def onboarding_due(completed_at: datetime | None) -> OnboardingRequired | None:
    """Return what closes the application to a client until the onboarding is complete."""
    return None if completed_at else OnboardingRequired("Complete the four onboarding steps to continue.")


async def complete_all(work: UnitOfWork, user_id: uuid.UUID, *, timezone: str) -> None:
    """Take every step for a person at once: for accounts that are made for a demonstration."""
    profile = await ProfileDao(work).open(user_id, lock=True)
    taken, now = await StepDao(work).taken_by(user_id), work.now()
    for step in ORDER:
        if step not in taken:
            await StepDao(work).add(
                OnboardingStep(org_id=work.org_id, user_id=user_id, step=step.value, created_at=now)
            )
    profile.timezone = profile.timezone or timezone
    profile.completed_at = profile.completed_at or now
    await work.session.flush()
