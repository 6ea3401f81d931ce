"""What other features may know of organizations."""

import re
import unicodedata
import uuid
from collections.abc import Iterable

from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.dao import KeyTaken
from capecontrol.core.lists.pagination import PageQuery
from capecontrol.core.work import UnitOfWork
from capecontrol.features.organizations.dao import (
    OrganizationDao,
    organization_name,
    organization_to_join,
    organizations_to_join,
)
from capecontrol.features.organizations.errors import NameTaken
from capecontrol.features.organizations.filters import OrganizationFilter
from capecontrol.features.organizations.models import Organization, OrganizationStatus, Plan
from capecontrol.features.organizations.names import look_of, plain_name
from capecontrol.features.organizations.summary import OrganizationSummary

__all__ = [
    "NameTaken",
    "OrganizationStatus",
    "OrganizationSummary",
    "create_organization",
    "find_organizations",
    "free_domain",
    "get_organization",
    "is_name_taken",
    "note_organization",
    "organization_name",
    "organization_to_join",
    "organizations_by_id",
    "organizations_to_join",
    "plain_name",
]

SLUG_MAX = 48


async def get_organization(work: UnitOfWork, org_id: uuid.UUID) -> OrganizationSummary | None:
    """Return an organization, or None when it is not there or not in the scope."""
    return (await organizations_by_id(work, [org_id])).get(org_id)


async def organizations_by_id(work: UnitOfWork, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, OrganizationSummary]:
    """Return the organizations of these ids, by id, in one statement; in none where they are known already."""
    return {summary.id: summary for summary in await OrganizationDao(work).summaries(ids)}


async def find_organizations(work: UnitOfWork, words: str | None, *, limit: int) -> list[OrganizationSummary]:
    """Return the first organizations by name whose name or domain has words, or whose id they are; all for no words."""
    query = PageQuery(limit=limit, sort="name", is_counted=False)
    found = await OrganizationDao(work).search(OrganizationFilter(q=words), query)
    return [OrganizationSummary.of(row) for row in found.rows]


def note_organization(work: UnitOfWork, organization: OrganizationSummary) -> None:
    """Keep an organization that a statement read besides, so that nobody in the same transaction reads it again."""
    work.transaction.known.add(organization.id, organization)


async def is_name_taken(work: UnitOfWork, name: str) -> bool:
    """Tell whether an organization has the name, or the one that it reads as. Needs a scope that sees all of them."""
    return await OrganizationDao(work).is_name_taken({name, look_of(name)})


async def free_domain(work: UnitOfWork, name: str) -> str:
    """Return a domain (slug) for a name that nobody has: ``acme``, else ``acme-2`` … Needs a scope that sees all."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_MAX].strip("-") or "organization"
    taken = await OrganizationDao(work).domains_like(slug)
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


async def create_organization(work: UnitOfWork, *, org_id: uuid.UUID, name: str, domain: str) -> OrganizationSummary:
    """Make an organization with the default settings.

    Raises:
        NameTaken: the name (or, in a race, the domain) is another's.
    """
    try:
        row = await OrganizationDao(work).add(
            Organization(
                id=org_id,
                name=name,
                domain=domain,
                plan=Plan.FREE,
                status=OrganizationStatus.ACTIVE,
                settings={"timezone": "Africa/Johannesburg"},
            )
        )
    except KeyTaken as error:
        raise NameTaken("Choose a different name for your organization.") from error
    await work.record("organization.created", resource=("organization", org_id), org_id=org_id, metadata={"name": name})
    note_change(work, Topic.ORGANIZATIONS, org_id, org_id=org_id)
    return OrganizationSummary.of(row)
