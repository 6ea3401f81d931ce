"""Queries about organizations."""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    SQLColumnExpression,
    Subquery,
    Uuid,
    any_,
    bindparam,
    func,
    select,
)

from capecontrol.core.dao import Dao
from capecontrol.core.db.columns_for import columns_for
from capecontrol.core.db.constant import constant
from capecontrol.core.db.sort_text import sort_text
from capecontrol.core.db.text_search import begins_with
from capecontrol.core.db.word_search import WordSearch
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.lists.pagination import PageQuery, Slice
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.features.organizations.filters import OrganizationFilter
from capecontrol.features.organizations.models import Organization, OrganizationToken
from capecontrol.features.organizations.summary import OrganizationSummary


class OrganizationDao(Dao[Organization]):
    """Organizations within the scope: of an organization's scope only itself."""

    model = Organization
    owner = "id"

    async def summaries(self, ids: Iterable[uuid.UUID]) -> list[OrganizationSummary]:
        """Return the organizations of these ids, in no order."""
        asked, known = set(ids), self.work.transaction.known
        found = [summary for one in asked if (summary := known.get(OrganizationSummary, one))]
        wanted = asked - {summary.id for summary in found}
        return [*found, *(await _SUMMARIES.all(self.work, ids=list(wanted)))] if wanted else found

    async def is_name_taken(self, names: Collection[str]) -> bool:
        """Tell whether any organization in the scope has one of the names, in any case."""
        statement = select(Organization.id).where(func.lower(Organization.name).in_({one.lower() for one in names}))
        return (await self.session.execute(statement.limit(1))).first() is not None

    async def domains_like(self, slug: str) -> set[str]:
        """Return the domains that are the slug, or the slug and a number."""
        statement = select(Organization.domain).where(
            (Organization.domain == slug) | begins_with(Organization.domain, f"{slug}-")
        )
        return set((await self.session.execute(statement)).scalars())

    async def search(self, wanted: OrganizationFilter, query: PageQuery) -> Slice[Organization]:
        """Return a page of organizations."""
        return await ORGANIZATIONS.page(self.work, query, **wanted.values())


ORGANIZATIONS = PageRead(
    Organization,
    sorts={"name": sort_text(Organization.name)},
    owner="id",
    status=Organization.status == bindparam("status"),
    plan=Organization.plan == bindparam("plan"),
    words=WordSearch(OrganizationToken.token, OrganizationToken.org_id, OrganizationToken.org_id),
)
_SUMMARY = columns_for(
    OrganizationSummary,
    id=Organization.id,
    name=Organization.name,
    domain=Organization.domain,
    plan=Organization.plan,
    status=Organization.status,
)
_SUMMARIES = ScopedRead(
    select(*_SUMMARY).where(Organization.id == any_(bindparam("ids", type_=ARRAY(Uuid)))),
    OrganizationSummary,
    owner=Organization.id,
)


def organizations_to_join() -> Subquery:
    """Return the organizations, for another feature to join: what ``OrganizationSummary`` has, in its order."""
    return select(*_SUMMARY).subquery("organization")


def organization_name(org_id: SQLColumnExpression[Any]) -> ColumnElement[str | None]:
    """Return the name of the organization of an id, for the columns of another feature's statement."""
    return select(Organization.name).where(Organization.id == org_id).scalar_subquery()


def organization_to_join(org_id: SQLColumnExpression[Any]) -> FromClause:
    """Return the organization of an id, for a statement of another feature that looks up one for each row: ``name``."""
    found = select(Organization.name).where(Organization.id == org_id)
    return found.limit(constant(1)).lateral("organization")
