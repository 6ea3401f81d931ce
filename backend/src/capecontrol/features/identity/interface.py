"""What other features may know of people."""

import uuid
from dataclasses import dataclass

from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWork
from capecontrol.features.identity.dao import UserDao


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person as others see them."""

    id: uuid.UUID
    email: str
    full_name: str


async def owners_of(work: UnitOfWork, org_id: uuid.UUID) -> list[PersonFacts]:
    """Return an organization's active owners, oldest first."""
    rows = await UserDao(work).of_organization(org_id, Role.OWNER)
    return [PersonFacts(row.id, row.email, row.full_name) for row in rows]
