"""HTTP: organizations."""

from typing import Annotated

from fastapi import Query

from capecontrol.core.http import PathId, Router, requires
from capecontrol.core.http.paging import Paging
from capecontrol.core.pagination import Page
from capecontrol.core.problems import SetupRequired
from capecontrol.core.work import UnitOfWork
from capecontrol.features.organizations.dao import OrganizationDao
from capecontrol.features.organizations.permissions import ORGANIZATIONS_LIST, ORGANIZATIONS_READ
from capecontrol.features.organizations.schemas import OrganizationOut

router = Router("organizations")


@router.get("/api/orgs", operation_id="list_organizations", summary="List organizations")
async def list_organizations(
    work: Annotated[UnitOfWork, requires(ORGANIZATIONS_LIST)],
    paging: Paging,
    q: Annotated[str | None, Query(max_length=100, description="Part of the name or domain.")] = None,
) -> Page[OrganizationOut]:
    """Return the organizations, newest first."""
    rows = await OrganizationDao(work).search(q, paging)
    return rows.to_page([OrganizationOut.map_from(row) for row in rows.rows])


@router.get("/api/orgs/{org_id}", operation_id="get_organization", summary="Show an organization")
async def get_organization(
    org_id: PathId, work: Annotated[UnitOfWork, requires(ORGANIZATIONS_READ, while_blocked=(SetupRequired,))]
) -> OrganizationOut:
    """Return one organization: any for staff, their own for its members."""
    return OrganizationOut.map_from(await OrganizationDao(work).require(org_id))
