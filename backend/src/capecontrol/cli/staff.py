"""Accounts of the platform's staff, made by command."""

import uuid

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.passwords import PasswordHasher
from capecontrol.core.permissions import Realm, Role
from capecontrol.core.problems import FieldError, Invalid
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.identity.actions.add_account import AddAccount, add_account
from capecontrol.features.identity.passwords import check_password


async def add_staff(
    factory: UnitOfWorkFactory, hasher: PasswordHasher, *, email: str, role: Role, name: str, password: str
) -> uuid.UUID:
    """Make a member of the platform's staff and return the id.

    Raises:
        Invalid: the role is a client's, or the password is weak.
        Conflict: the address has an account.
    """
    if role.realm is not Realm.ADMIN:
        raise Invalid(errors=[FieldError("/role", "Choose OPERATOR, AUDITOR or DEVELOPER.")])
    check_password(password, email)
    hashed = await hasher.hash(password)
    actor = Actor.system("command line: add staff")
    async with factory.unit(actor, PlatformScope("command line: add staff")) as work:
        return await add_account(work, AddAccount(email.strip().casefold(), name or email, role, hashed))
