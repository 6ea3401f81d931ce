"""HTTP: the audit log."""

import uuid
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query
from starlette.responses import StreamingResponse

from capecontrol.core.audit import AuditAreas, Outcome
from capecontrol.core.http import Router, provided, requires, requires_units
from capecontrol.core.http.files import attachment_headers
from capecontrol.core.http.instant import Instant
from capecontrol.core.http.paging import Paging
from capecontrol.core.pagination import Page
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.audit.dao import AuditDao, AuditFilter
from capecontrol.features.audit.export import csv_lines
from capecontrol.features.audit.people import people_who_acted, with_people
from capecontrol.features.audit.permissions import AUDIT_READ
from capecontrol.features.audit.schemas import AuditAreaOut, AuditAreasOut, AuditEventOut

router = Router("audit")


async def audit_filter(
    q: Annotated[
        str | None, Query(max_length=200, description="Part of an action or actor; a resource or request id.")
    ] = None,
    actor: Annotated[
        str | None, Query(max_length=254, description="An actor's id, or part of the name or address.")
    ] = None,
    action: Annotated[
        str | None, Query(max_length=100, description="The action's beginning, such as `project.`.")
    ] = None,
    resource_type: Annotated[str | None, Query(max_length=60)] = None,
    resource_id: Annotated[str | None, Query(max_length=100)] = None,
    outcome: Annotated[Outcome | None, Query()] = None,
    org_id: Annotated[uuid.UUID | None, Query()] = None,
    since: Annotated[Instant | None, Query(alias="from", description="From this moment on.")] = None,
    until: Annotated[Instant | None, Query(alias="to", description="Before this moment.")] = None,
) -> AuditFilter:
    """Read the filter from the query."""
    return AuditFilter(q, actor, action, resource_type, resource_id, outcome, org_id, since, until)


@router.get("/api/audit", operation_id="list_audit_events", summary="Search the audit log")
async def list_audit_events(
    work: Annotated[UnitOfWork, requires(AUDIT_READ)],
    wanted: Annotated[AuditFilter, Depends(audit_filter)],
    paging: Paging,
) -> Page[AuditEventOut]:
    """Return the events of a filter, newest first."""
    rows = await AuditDao(work).search(await with_people(work, wanted), paging)
    people = await people_who_acted(work, rows.rows)
    return rows.to_page([AuditEventOut.of(row, people) for row in rows.rows])


@router.get("/api/audit/areas", operation_id="list_audit_areas", summary="List what the audit log records")
async def list_audit_areas(
    _: Annotated[UnitOfWork, requires(AUDIT_READ)], areas: Annotated[AuditAreas, provided(AuditAreas)]
) -> AuditAreasOut:
    """Return the groups of actions that the log can be filtered by."""
    return AuditAreasOut(items=[AuditAreaOut.of(area) for area in areas])


@router.get(
    "/api/audit/export.csv",
    operation_id="export_audit_events",
    summary="Export the audit log as CSV",
    response_class=StreamingResponse,
    responses={200: {"description": "The file, streamed.", "content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def export_audit_events(
    units: Annotated[Units, requires_units(AUDIT_READ)], wanted: Annotated[AuditFilter, Depends(audit_filter)]
) -> StreamingResponse:
    """Stream all events of a filter.

    Columns: id, timestamp, actor_id, actor_type, action, resource, outcome, org_id, ip_address, metadata.
    """
    async with units.open() as work:
        await work.record("audit.exported", resource=("audit", None))

    async def stream() -> AsyncIterator[str]:
        # A read-only unit of its own: the request's would end before the first byte.
        async with units.open() as reading:
            async for piece in csv_lines(AuditDao(reading), await with_people(reading, wanted)):
                yield piece

    name = f"audit-{_day(units.clock.now())}.csv"
    return StreamingResponse(
        stream(),
        media_type="text/csv; charset=utf-8",
        headers=attachment_headers(name),
    )


def _day(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d")
