"""HTTP: organizations."""

from typing import Annotated

from starlette.responses import Response

from capecontrol.core.http import PathId, Router, requires
from capecontrol.core.http.export import CSV, Export, requires_export
from capecontrol.core.http.filtering import filtering
from capecontrol.core.http.paging import paging, sorting
from capecontrol.core.lists.pagination import Page, PageQuery
from capecontrol.core.problems import SetupRequired
from capecontrol.core.work import UnitOfWork
from capecontrol.features.organizations.dao import ORGANIZATIONS, OrganizationDao
from capecontrol.features.organizations.export import ORGANIZATIONS_CSV
from capecontrol.features.organizations.filters import OrganizationFilter
from capecontrol.features.organizations.permissions import ORGANIZATIONS_LIST, ORGANIZATIONS_READ
from capecontrol.features.organizations.schemas import OrganizationOut

router = Router("organizations")


@router.get("/api/orgs", operation_id="list_organizations", summary="List organizations")
async def list_organizations(
    work: Annotated[UnitOfWork, requires(ORGANIZATIONS_LIST)],
    wanted: Annotated[OrganizationFilter, filtering(OrganizationFilter)],
    query: Annotated[PageQuery, paging(ORGANIZATIONS)],
) -> Page[OrganizationOut]:
    """Return organizations, newest first by default."""
    rows = await OrganizationDao(work).search(wanted, query)
    return rows.to_page([OrganizationOut.map_from(row) for row in rows.rows])


@router.get("/api/orgs/export.csv", operation_id="export_organizations", summary="Export organizations as CSV", **CSV)
async def export_organizations(
    export: Annotated[Export, requires_export(ORGANIZATIONS_LIST)],
    wanted: Annotated[OrganizationFilter, filtering(OrganizationFilter)],
    sort: Annotated[str, sorting(ORGANIZATIONS)],
) -> Response:
    """Stream all organizations that match the filters."""
    return export.of(ORGANIZATIONS_CSV, sort, **wanted.values())


@router.get("/api/orgs/{org_id}", operation_id="get_organization", summary="Retrieve an organization")
async def get_organization(
    org_id: PathId, work: Annotated[UnitOfWork, requires(ORGANIZATIONS_READ, while_blocked=(SetupRequired,))]
) -> OrganizationOut:
    """Return an organization. Members can only retrieve their own."""
    return OrganizationOut.map_from(await OrganizationDao(work).require(org_id))
