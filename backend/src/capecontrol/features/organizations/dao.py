"""Queries about organizations."""

import uuid
from collections.abc import Iterable

from sqlalchemy import ARRAY, Subquery, Uuid, any_, bindparam, func, select

from capecontrol.core.dao import Dao
from capecontrol.core.pagination import PageQuery, Slice
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.features.organizations.models import Organization
from capecontrol.features.organizations.summary import OrganizationSummary


class OrganizationDao(Dao[Organization]):
    """Organizations within the scope: of an organization's scope only itself."""

    model = Organization
    owner = "id"

    async def summaries(self, ids: Iterable[uuid.UUID]) -> list[OrganizationSummary]:
        """Return the organizations of these ids, in no order."""
        known, found, wanted = self.work.transaction.known, [], []
        for one in set(ids):
            summary = known.get((OrganizationSummary, one))
            if isinstance(summary, OrganizationSummary):
                found.append(summary)
            else:
                wanted.append(one)
        return [*found, *(await _SUMMARIES.all(self.work, ids=wanted))] if wanted else found

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


_SUMMARIES = ScopedRead(
    select(Organization.id, Organization.name, Organization.domain, Organization.plan, Organization.status).where(
        Organization.id == any_(bindparam("ids", type_=ARRAY(Uuid)))
    ),
    OrganizationSummary,
    owner=Organization.id,
)


def organizations_to_join() -> Subquery:
    """Return the organizations, for a statement of another feature to join: ``id, name, domain, plan, status``."""
    columns = (Organization.id, Organization.name, Organization.domain, Organization.plan, Organization.status)
    return select(*columns).subquery("organization")
