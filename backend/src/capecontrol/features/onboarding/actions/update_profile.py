"""Keep what a person tells us about themselves."""

import uuid
from dataclasses import dataclass

from capecontrol.core.content_tag import ExpectedTags, check_content, content_tag
from capecontrol.core.work import UnitOfWork
from capecontrol.features.onboarding.dao import ProfileDao


@dataclass(frozen=True, slots=True)
class UpdateProfile:
    """The members that were sent; None leaves one as it is."""

    job_title: str | None = None
    timezone: str | None = None
    goals: str | None = None


async def update_profile(
    work: UnitOfWork, user_id: uuid.UUID, command: UpdateProfile, expected: ExpectedTags = None
) -> None:
    """Change the members that were sent.

    Raises:
        PreconditionFailed: the profile was changed since it was read.
    """
    profile = await ProfileDao(work).open(user_id, lock=True)
    check_content(expected, content_tag(profile.job_title, profile.timezone, profile.goals))
    if command.job_title is not None:
        profile.job_title = command.job_title
    if command.timezone is not None:
        profile.timezone = command.timezone
    if command.goals is not None:
        profile.goals = command.goals
    await work.session.flush()
    await work.record("onboarding.profile_updated", resource=("user", user_id))
