"""HTTP: the audit log."""

import uuid
from typing import Annotated

from fastapi import Depends, Query
from starlette.responses import Response

from capecontrol.core.audit import AuditAreas, Outcome
from capecontrol.core.export.span import Part, Span
from capecontrol.core.http import Router, provided, requires
from capecontrol.core.http.export import CSV, Export, requires_export
from capecontrol.core.http.instant import Instant
from capecontrol.core.http.paging import paging, sorting
from capecontrol.core.pagination import Page, PageQuery
from capecontrol.core.work import UnitOfWork
from capecontrol.features.audit.dao import EVENTS, AuditDao, AuditFilter
from capecontrol.features.audit.export import AUDIT_CSV
from capecontrol.features.audit.people import people_who_acted, with_people
from capecontrol.features.audit.permissions import AUDIT_READ
from capecontrol.features.audit.schemas import AuditAreaOut, AuditAreasOut, AuditEventOut

router = Router("audit")


async def audit_filter(
    q: Annotated[
        str | None,
        Query(max_length=200, description="Part of an action or an actor, or the ID of a resource or request."),
    ] = None,
    actor: Annotated[
        str | None, Query(max_length=254, description="The ID of an actor, or part of a name or e-mail address.")
    ] = None,
    action: Annotated[
        str | None, Query(max_length=100, description="The beginning of the action, such as `project.`.")
    ] = None,
    resource_type: Annotated[str | None, Query(max_length=60)] = None,
    resource_id: Annotated[str | None, Query(max_length=100)] = None,
    outcome: Annotated[Outcome | None, Query()] = None,
    org_id: Annotated[uuid.UUID | None, Query()] = None,
    since: Annotated[Instant | None, Query(alias="from", description="At or after this time.")] = None,
    until: Annotated[Instant | None, Query(alias="to", description="Before this time.")] = None,
) -> AuditFilter:
    """Read the filter from the query."""
    return AuditFilter(q, actor, action, resource_type, resource_id, outcome, org_id, since, until)


@router.get("/api/audit", operation_id="list_audit_events", summary="Search the audit log")
async def list_audit_events(
    work: Annotated[UnitOfWork, requires(AUDIT_READ)],
    wanted: Annotated[AuditFilter, Depends(audit_filter)],
    query: Annotated[PageQuery, paging(EVENTS)],
) -> Page[AuditEventOut]:
    """Return the audit events that match the filters, newest first by default."""
    rows = await AuditDao(work).search(await with_people(work, wanted), query)
    people = await people_who_acted(work, rows.rows)
    return rows.to_page([AuditEventOut.of(row, people) for row in rows.rows])


@router.get("/api/audit/areas", operation_id="list_audit_areas", summary="List audit areas")
async def list_audit_areas(
    _: Annotated[UnitOfWork, requires(AUDIT_READ)], areas: Annotated[AuditAreas, provided(AuditAreas)]
) -> AuditAreasOut:
    """Return the areas that the audit log can be filtered by."""
    return AuditAreasOut(items=[AuditAreaOut.of(area) for area in areas])


@router.get(
    "/api/audit/export.csv",
    operation_id="export_audit_events",
    summary="Export the audit log as CSV",
    **CSV,
)
async def export_audit_events(
    export: Annotated[Export, requires_export(AUDIT_READ)],
    wanted: Annotated[AuditFilter, Depends(audit_filter)],
    sort: Annotated[str, sorting(EVENTS)],
) -> Response:
    """Stream all audit events that match the filters.

    Columns: id, timestamp, actor_id, actor_type, action, resource, outcome, org_id, ip_address, metadata, actor,
    organization, request_id.
    """

    async def part(work: UnitOfWork, span: Span) -> Part:
        values = (await with_people(work, wanted)).values()
        return await AUDIT_CSV.part(work, span, sort, **values)

    return export.of(AUDIT_CSV, sort, part)
