"""Accounts of the platform's staff, made by command."""

import uuid

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.mail_address import checked_address
from capecontrol.core.passwords import PasswordHasher
from capecontrol.core.permissions import STAFF, Role
from capecontrol.core.problems import FieldError, Invalid
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.identity.actions.add_account import AddAccount, add_account
from capecontrol.features.identity.passwords import check_password


def staff_roles() -> str:
    """Return the names of the roles that staff may have, in words."""
    return ", ".join(role for role in Role if role in STAFF)


async def add_staff(
    factory: UnitOfWorkFactory, hasher: PasswordHasher, *, email: str, role: Role, name: str, password: str
) -> uuid.UUID:
    """Make a member of the platform's staff and return the id.

    Raises:
        Invalid: the role is a client's, the address is none, or the password is weak.
        Conflict: the address has an account.
    """
    if role not in STAFF:
        raise Invalid(errors=[FieldError("/role", f"Choose one of {staff_roles()}.")])
    email = _address_of(email)
    check_password(password, email)
    hashed = await hasher.hash(password)
    actor = Actor.system("command line: add staff")
    async with factory.unit(actor, PlatformScope("command line: add staff")) as work:
        return await add_account(work, AddAccount(email, name or email, role, hashed))


def _address_of(text: str) -> str:
    """Return the form in which an address is kept, judged as registration judges it."""
    try:
        return checked_address(text.strip())
    except ValueError as error:
        raise Invalid(f"{text!r} is not a valid e-mail address: nobody could sign in with it.") from error
