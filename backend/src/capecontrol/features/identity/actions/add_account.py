"""Make an account by command: platform staff, or a member for the demonstration. Never by registration."""

import uuid
from dataclasses import dataclass

from capecontrol.core.ids import new_id
from capecontrol.core.permissions import Role
from capecontrol.core.problems import Conflict
from capecontrol.core.work import UnitOfWork
from capecontrol.features.identity.dao.users import UserDao
from capecontrol.features.identity.models import User, UserStatus


@dataclass(frozen=True, slots=True)
class AddAccount:
    """Whom to add; ``org_id`` is None for staff."""

    email: str
    full_name: str
    role: Role
    password_hash: str
    org_id: uuid.UUID | None = None


async def add_account(work: UnitOfWork, command: AddAccount) -> uuid.UUID:
    """Make an active account with a verified address and return its id. Needs a platform scope.

    Raises:
        Conflict: the address has an account.
    """
    dao, now = UserDao(work), work.now()
    if await dao.by_email(command.email) is not None:
        raise Conflict(f"{command.email} already has an account. Use a different e-mail address.")
    user = await dao.add(
        User(
            id=new_id(),
            org_id=command.org_id,
            email=command.email,
            full_name=command.full_name,
            password_hash=command.password_hash,
            role=command.role,
            status=UserStatus.ACTIVE,
            email_verified_at=now,
        )
    )
    await work.record("user.added", resource=("user", user.id), org_id=command.org_id, metadata={"role": command.role})
    return user.id
