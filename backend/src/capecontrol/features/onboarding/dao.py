"""Queries about the onboarding."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Label, Subquery, bindparam, func, select
from sqlalchemy.dialects.postgresql import JSONB, insert

from capecontrol.core.dao import Dao
from capecontrol.core.ids import new_id
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.features.onboarding.lifecycle import Progress, Step, steps_in_order
from capecontrol.features.onboarding.models import OnboardingProfile, OnboardingStep


class ProfileDao(Dao[OnboardingProfile]):
    """Profiles within the scope."""

    model = OnboardingProfile

    async def progress_of(self, user_id: uuid.UUID) -> Progress:
        """Return how far a person is. What the session holds of it must have been sent."""
        return await _PROGRESS.one(self.work, user_id=user_id) or _NOT_OPENED

    async def open(self, user_id: uuid.UUID, *, lock: bool = False) -> OnboardingProfile:
        """Return a person's profile, made now if need be; two at once make one."""
        now = self.work.now()
        await self.session.execute(
            insert(OnboardingProfile)
            .values(id=new_id(), org_id=self.work.org_id, user_id=user_id, created_at=now, updated_at=now)
            .on_conflict_do_nothing(index_elements=["org_id", "user_id"])
        )
        statement = self.select().where(OnboardingProfile.user_id == user_id)
        return (await self.all(statement.with_for_update() if lock else statement))[0]


class StepDao(Dao[OnboardingStep]):
    """Completed steps within the scope."""

    model = OnboardingStep

    async def taken_by(self, user_id: uuid.UUID) -> dict[Step, datetime]:
        """Return when a person completed which steps."""
        return dict(await _STEPS.all(self.work, user_id=user_id))


_STEPS = ScopedRead(
    select(OnboardingStep.step, OnboardingStep.created_at).where(OnboardingStep.user_id == bindparam("user_id")),
    lambda step, taken_at: (Step(step), taken_at),
    owner=OnboardingStep.org_id,
)


def _steps_taken() -> Label[Any]:
    """Return when each step was completed, by its name, for the profile of a row (``steps_in_order`` reads it)."""
    taken = (
        select(func.jsonb_object_agg(OnboardingStep.step, OnboardingStep.created_at, type_=JSONB))
        .where(OnboardingStep.org_id == OnboardingProfile.org_id, OnboardingStep.user_id == OnboardingProfile.user_id)
        .scalar_subquery()
    )
    return taken.label("steps_taken")


def _read(completed_at: datetime | None, taken: Mapping[str, str] | None, *told: str | None) -> Progress:
    return Progress(completed_at is not None, steps_in_order(taken), *told)


_PROGRESS = ScopedRead(
    select(
        OnboardingProfile.completed_at, _steps_taken(), OnboardingProfile.job_title, OnboardingProfile.timezone,
        OnboardingProfile.goals,
    ).where(OnboardingProfile.user_id == bindparam("user_id")),
    _read,
    owner=OnboardingProfile.org_id,
)  # fmt: skip
_NOT_OPENED = Progress(completed=False, steps=steps_in_order(None))


def profiles_to_join() -> Subquery:
    """Return the onboarding profiles, for a statement of another feature to join.

    Its columns are ``org_id, user_id, timezone, completed_at, steps_taken``; the last holds when each step was
    completed, by its name (``steps_in_order`` reads it). Who never opened the onboarding has no row, nor has staff.
    To be joined by organization and person: that is the order of the index.
    """
    own = (OnboardingProfile.org_id, OnboardingProfile.user_id)
    return select(*own, OnboardingProfile.timezone, OnboardingProfile.completed_at, _steps_taken()).subquery(
        "onboarding_profile"
    )
