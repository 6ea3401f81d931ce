"""What other features may know of people."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWork
from capecontrol.features.identity.dao import UserDao
from capecontrol.features.identity.models import User


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


async def people_by_id(work: UnitOfWork, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, PersonSummary]:
    """Return the people of these ids, by id, in one statement. Those who are gone are missing."""
    return {row.id: PersonSummary.of(row) for row in await UserDao(work).by_ids(ids)}


async def find_people(work: UnitOfWork, text: str, limit: int) -> list[uuid.UUID]:
    """Return the ids of people whose name or address holds a text."""
    return await UserDao(work).matching(text, limit)
