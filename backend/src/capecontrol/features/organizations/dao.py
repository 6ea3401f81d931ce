"""Queries about organizations."""

import uuid
from collections.abc import Iterable

from sqlalchemy import func, select

from capecontrol.core.dao import Dao
from capecontrol.core.pagination import PageQuery, Slice
from capecontrol.features.organizations.models import Organization


class OrganizationDao(Dao[Organization]):
    """Organizations within the scope: of an organization's scope only itself."""

    model = Organization
    owner = "id"

    async def by_ids(self, ids: Iterable[uuid.UUID]) -> list[Organization]:
        """Return the organizations of these ids, in no order."""
        return await self.all(self.select().where(Organization.id.in_(set(ids))))

    async def is_name_taken(self, name: str) -> bool:
        """Tell whether any organization in the scope has the name, in any case."""
        statement = select(Organization.id).where(func.lower(Organization.name) == name.lower()).limit(1)
        return (await self.session.execute(statement)).first() is not None

    async def domains_like(self, slug: str) -> set[str]:
        """Return the domains that are the slug, or the slug and a number."""
        statement = select(Organization.domain).where(
            (Organization.domain == slug) | Organization.domain.startswith(f"{slug}-", autoescape=True)
        )
        return set((await self.session.execute(statement)).scalars())

    async def search(self, text: str | None, query: PageQuery) -> Slice[Organization]:
        """Return a page of organizations, newest first, optionally those whose name or domain holds a text."""
        statement = self.select()
        if text:
            statement = statement.where(
                Organization.name.icontains(text, autoescape=True)
                | Organization.domain.icontains(text, autoescape=True)
            )
        return await self.page(statement, query)
