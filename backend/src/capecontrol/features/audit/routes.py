"""HTTP: the audit log."""

from typing import Annotated

from starlette.responses import Response

from capecontrol.core.audit import AuditAreas
from capecontrol.core.export.span import Part, Span
from capecontrol.core.http import Router, provided, requires
from capecontrol.core.http.export import CSV, Export, requires_export
from capecontrol.core.http.filtering import filtering
from capecontrol.core.http.paging import paging, sorting
from capecontrol.core.lists.pagination import Page, PageQuery
from capecontrol.core.work import UnitOfWork
from capecontrol.features.audit.dao.events import EVENTS, AuditDao
from capecontrol.features.audit.export import AUDIT_CSV
from capecontrol.features.audit.filters import AuditedOrganizationFilter, AuditFilter
from capecontrol.features.audit.permissions import AUDIT_READ
from capecontrol.features.audit.schemas import (
    AuditAreaOut,
    AuditAreasOut,
    AuditedOrganizationOut,
    AuditedOrganizationsOut,
    AuditEventOut,
)
from capecontrol.features.organizations.interface import find_organizations

router = Router("audit")

#: A reader who does not see the organization types more of its name.
ORGANIZATIONS_MAX = 50


@router.get("/api/audit", operation_id="list_audit_events", summary="Search the audit log")
async def list_audit_events(
    work: Annotated[UnitOfWork, requires(AUDIT_READ)],
    wanted: Annotated[AuditFilter, filtering(AuditFilter)],
    query: Annotated[PageQuery, paging(EVENTS)],
    areas: Annotated[AuditAreas, provided(AuditAreas)],
) -> Page[AuditEventOut]:
    """Return the entries that match the filters, newest first by default."""
    rows = await AuditDao(work).search(wanted, query)
    return rows.to_page([AuditEventOut.of(row, areas) for row in rows.rows])


@router.get("/api/audit/areas", operation_id="list_audit_areas", summary="List audit areas")
async def list_audit_areas(
    _: Annotated[UnitOfWork, requires(AUDIT_READ)], areas: Annotated[AuditAreas, provided(AuditAreas)]
) -> AuditAreasOut:
    """Return the areas that the audit log can be filtered by."""
    return AuditAreasOut(items=[AuditAreaOut.of(area) for area in areas])


@router.get(
    "/api/audit/organizations",
    operation_id="list_audited_organizations",
    summary="Find organizations to filter the audit log by",
)
async def list_audited_organizations(
    work: Annotated[UnitOfWork, requires(AUDIT_READ)],
    wanted: Annotated[AuditedOrganizationFilter, filtering(AuditedOrganizationFilter)],
) -> AuditedOrganizationsOut:
    """Return at most 50 organizations, by name: also to auditors, who cannot list organizations otherwise."""
    found = await find_organizations(work, wanted.q, limit=ORGANIZATIONS_MAX)
    return AuditedOrganizationsOut(items=[AuditedOrganizationOut.map_from(one) for one in found])


@router.get(
    "/api/audit/export.csv",
    operation_id="export_audit_events",
    summary="Export the audit log as CSV",
    **CSV,
)
async def export_audit_events(
    export: Annotated[Export, requires_export(AUDIT_READ)],
    wanted: Annotated[AuditFilter, filtering(AuditFilter)],
    sort: Annotated[str, sorting(EVENTS)],
) -> Response:
    """Stream all entries that match the filters.

    Columns: id, timestamp, actor_id, actor_type, action, resource, outcome, org_id, ip_address, metadata, actor,
    organization, request_id.
    """

    async def part(work: UnitOfWork, span: Span) -> Part:
        return await AUDIT_CSV.part(work, span, sort, **await AuditDao(work).values(wanted))

    return export.of_parts(AUDIT_CSV, sort, part)
