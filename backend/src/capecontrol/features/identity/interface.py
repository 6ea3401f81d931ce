"""What other features may know of people."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from capecontrol.core.actor import Actor
from capecontrol.core.permissions import PermissionTable, Role
from capecontrol.core.work import UnitOfWork
from capecontrol.features.identity.dao.sessions import SessionDao, sessions_to_join
from capecontrol.features.identity.dao.users import UserDao, person_email, person_name, person_to_join
from capecontrol.features.identity.held_session import HeldSession, SessionEnd
from capecontrol.features.identity.models import User, UserStatus
from capecontrol.features.organizations.interface import get_organization

__all__ = [
    "HeldSession",
    "PersonSummary",
    "SessionEnd",
    "acting_person",
    "active_operators",
    "active_person",
    "find_people",
    "has_signed_out_everywhere",
    "hold_session",
    "owners_of",
    "people_by_id",
    "person_email",
    "person_name",
    "person_to_join",
    "sessions_to_join",
]


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """A person as others see them."""

    id: uuid.UUID
    email: str
    full_name: str

    @classmethod
    def of(cls, row: User) -> "PersonSummary":
        """Return the summary of a row."""
        return cls(row.id, row.email, row.full_name)


async def owners_of(work: UnitOfWork, org_id: uuid.UUID) -> list[PersonSummary]:
    """Return an organization's active owners, oldest first."""
    rows = await UserDao(work).of_organization(org_id, Role.OWNER)
    return [PersonSummary.of(row) for row in rows]


async def active_person(work: UnitOfWork, user_id: uuid.UUID) -> PersonSummary | None:
    """Return somebody who may sign in, or None when they are gone, disabled, or not in the scope."""
    row = await UserDao(work).get(user_id)
    return PersonSummary.of(row) if row and row.status is UserStatus.ACTIVE else None


async def active_operators(work: UnitOfWork) -> list[PersonSummary]:
    """Return the operators who may sign in, oldest first; an organization's scope has none."""
    return [PersonSummary.of(row) for row in await UserDao(work).active_staff(Role.OPERATOR)]


async def acting_person(work: UnitOfWork, user_id: uuid.UUID, permissions: PermissionTable) -> Actor | None:
    """Return somebody as who acts now, for what goes on without their session; None when they may not act any more.

    They may not when they are gone or disabled, or when their organization is suspended.
    """
    row = await UserDao(work).get(user_id)
    if row is None or row.status is not UserStatus.ACTIVE:
        return None
    if row.org_id is not None:
        organization = await get_organization(work, row.org_id)
        if organization is None or not organization.is_active:
            return None
    held = permissions.of(row.role)
    return Actor.person(row.id, row.email, row.role, name=row.full_name, org_id=row.org_id, permissions=held)


async def has_signed_out_everywhere(work: UnitOfWork, user_id: uuid.UUID, *, since: datetime) -> bool:
    """Tell whether somebody has ended all their sessions at once since a moment."""
    return await SessionDao(work).has_ended_all(user_id, since)


async def people_by_id(work: UnitOfWork, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, PersonSummary]:
    """Return the people of these ids, by id, in one statement. Those who are gone are missing."""
    return {row.id: PersonSummary.of(row) for row in await UserDao(work).by_ids(ids)}


async def find_people(work: UnitOfWork, text: str, limit: int) -> list[uuid.UUID]:
    """Return the ids of people whose name or address holds a text."""
    return await UserDao(work).matching(text, limit)


async def hold_session(work: UnitOfWork, session_id: uuid.UUID) -> HeldSession | None:
    """Return a session as it is held open from now on; None when it is not there."""
    account = await SessionDao(work).account_of(session_id)
    return None if account is None else HeldSession(account.session_id, account.role, account.token_version)
