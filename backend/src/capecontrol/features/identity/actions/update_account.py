"""Change what a person is called, and where times are shown to them."""

from dataclasses import dataclass, replace

from capecontrol.core.content_tag import ExpectedTags, check_content, content_tag
from capecontrol.core.work import UnitOfWork
from capecontrol.features.identity.dao.users import UserDao
from capecontrol.features.identity.models import User
from capecontrol.features.identity.session_account import SessionAccount


@dataclass(frozen=True, slots=True)
class UpdateAccount:
    """What a person changes of their own account; None leaves a member as it is."""

    full_name: str | None = None
    timezone: str | None = None


async def update_account(
    work: UnitOfWork, account: SessionAccount, command: UpdateAccount, expected: ExpectedTags = None
) -> SessionAccount:
    """Change the caller's own account, and return it as it is then. What is as it was leaves no trace.

    Raises:
        PreconditionFailed: the account was changed since it was read, elsewhere.
    """
    dao = UserDao(work)
    # Locked, so that the audit log tells the name that this change replaces.
    user = await dao.require(account.user_id, lock=True)
    before = replace(account, full_name=user.full_name, timezone=user.timezone or account.timezone)
    check_content(expected, tag_of(before))
    after = replace(
        before, full_name=command.full_name or before.full_name, timezone=command.timezone or before.timezone
    )
    changed = [name for name in ("full_name", "timezone") if getattr(after, name) != getattr(before, name)]
    if not changed:
        return before
    await dao.update_where(User.id == user.id, **{name: getattr(after, name) for name in changed})
    told: dict[str, object] = {"changed": changed}
    if "full_name" in changed:
        told["full_name"] = {"from": before.full_name, "to": after.full_name}
    await work.record("user.updated", resource=("user", user.id), metadata=told)
    return after


def tag_of(account: SessionAccount) -> str:
    """Return the tag of what people change of their own account."""
    return content_tag(account.full_name, account.timezone)
