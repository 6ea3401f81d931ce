"""Register: a new organization and its first owner."""

import uuid
from dataclasses import dataclass

from capecontrol.core.actor import Actor
from capecontrol.core.dao import KeyTaken
from capecontrol.core.db.scope import OrganizationScope, SignInScope
from capecontrol.core.ids import derived_id
from capecontrol.core.passwords import PasswordHasher
from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.identity.dao.users import UserDao
from capecontrol.features.identity.events import KnownAddressRegistered, VerificationRequested
from capecontrol.features.identity.models import User, UserStatus
from capecontrol.features.identity.passwords import check_password
from capecontrol.features.identity.scopes import account_scope
from capecontrol.features.organizations.interface import (
    NameTaken,
    create_organization,
    free_domain,
    is_name_taken,
)


@dataclass(frozen=True, slots=True)
class RegisterOrganization:
    """What a person gives to begin."""

    email: str
    password: str
    organization_name: str
    full_name: str | None


@dataclass(frozen=True, slots=True)
class Registered:
    """The ids that registration tells. For a known address nothing has them, so that nobody learns it is known."""

    user_id: uuid.UUID
    org_id: uuid.UUID

    @classmethod
    def by(cls, operation_id: uuid.UUID) -> "Registered":
        """Return the ids of what an operation makes: the same at every attempt."""
        return cls(derived_id(operation_id, "user"), derived_id(operation_id, "organization"))


async def register_organization(units: Units, command: RegisterOrganization, *, hasher: PasswordHasher) -> Registered:
    """Make an organization and its owner, and have the verification link mailed.

    In phases, so that no connection is held while bcrypt works. An attempt that finds what an earlier one made ends
    there.

    Raises:
        Invalid: the password is weak.
        NameTaken: an organization has the name (also said to who registers a known address).
    """
    check_password(command.password, command.email)
    ids = Registered.by(units.operation_id)
    async with units.open(SignInScope()) as work:
        known = await UserDao(work).by_email(command.email)
        if known is not None and known.id == ids.user_id:
            return ids
        if await is_name_taken(work, command.organization_name):
            raise NameTaken("Choose a different name for your organization.")
        domain = await free_domain(work, command.organization_name)
    hashed = await hasher.hash(command.password, source=units.origin.source)
    if known is not None:
        async with units.open(account_scope(known.org_id)) as work:
            await _tell_owner(work, known)
        return ids
    try:
        async with units.open(OrganizationScope(ids.org_id), actor=_owner(command, ids)) as work:
            await _make(work, command, ids, hashed, domain)
    except (KeyTaken, NameTaken):
        # Another registration took the address in between: the answer is the same as if it had always been known. Or
        # another attempt of this one was faster.
        async with units.open(SignInScope()) as work:
            known = await UserDao(work).by_email(command.email)
        if known is None:
            raise
        if known.id == ids.user_id:
            return ids
        async with units.open(account_scope(known.org_id)) as work:
            await _tell_owner(work, known)
    return ids


async def _make(work: UnitOfWork, command: RegisterOrganization, ids: Registered, hashed: str, domain: str) -> None:
    await create_organization(work, org_id=ids.org_id, name=command.organization_name, domain=domain)
    await UserDao(work).add(
        User(
            id=ids.user_id,
            org_id=ids.org_id,
            email=command.email,
            full_name=_name(command),
            password_hash=hashed,
            role=Role.OWNER,
            status=UserStatus.INVITED,
        )
    )
    await work.emit(VerificationRequested(org_id=ids.org_id, email=command.email))
    await work.record("user.registered", resource=("user", ids.user_id))


async def _tell_owner(work: UnitOfWork, user: User) -> None:
    await work.emit(KnownAddressRegistered(org_id=user.org_id, user_id=user.id))


def _owner(command: RegisterOrganization, ids: Registered) -> Actor:
    return Actor.person(ids.user_id, command.email, Role.OWNER, name=_name(command), org_id=ids.org_id)


def _name(command: RegisterOrganization) -> str:
    return command.full_name or command.email.partition("@")[0]
