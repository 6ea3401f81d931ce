"""HTTP: the system."""

import uuid
from collections.abc import Iterable
from typing import Annotated

from starlette.responses import Response

from capecontrol.core.http import Router, provided, requires, requires_units
from capecontrol.core.http.export import CSV, Export, requires_export
from capecontrol.core.http.filtering import filtering
from capecontrol.core.http.lookup import lookup
from capecontrol.core.http.paging import paging, sorting
from capecontrol.core.http.refs import OrganizationRef
from capecontrol.core.lists.pagination import Page, PageQuery
from capecontrol.core.outbox.dao import DEAD_LETTERS, OutboxDao
from capecontrol.core.outbox.dead_letter_filter import DeadLetterFilter
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.outbox.registry import EventRegistry
from capecontrol.core.processes import ProcessDirectory
from capecontrol.core.secret_keys.dao import SecretKeyDao
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.organizations.interface import organizations_by_id
from capecontrol.features.system.actions.hasten_message import hasten_message
from capecontrol.features.system.actions.revive_dead_letter import revive_dead_letter
from capecontrol.features.system.errors import MessageNotDead, MessageNotWaiting
from capecontrol.features.system.export import DEAD_LETTERS_CSV
from capecontrol.features.system.permissions import SYSTEM_OPERATE, SYSTEM_READ
from capecontrol.features.system.ports import Queues, Release, Schema
from capecontrol.features.system.schemas import (
    DeadLetterOut,
    HastenedOut,
    ProcessOut,
    RetriedMessageOut,
    RevivedOut,
    SystemOut,
    jobs_out,
    key_rings_out,
    lanes_out,
    schema_out,
)
from capecontrol.features.system.timetable import job_times

router = Router("system")

#: After an outage there may be thousands; those that wait longest tell what is wrong.
RETRIED_SHOWN = 20
letter_for = lookup("message_id", lambda work, message_id: OutboxDao(work).require(message_id))


@router.get("/api/system", operation_id="get_system", summary="Retrieve the system status")
async def get_system(
    units: Annotated[Units, requires_units(SYSTEM_READ)],
    release: Annotated[Release, provided(Release)],
    schema: Annotated[Schema, provided(Schema)],
    queues: Annotated[Queues, provided(Queues)],
    directory: Annotated[ProcessDirectory, provided(ProcessDirectory)],
    registry: Annotated[EventRegistry, provided(EventRegistry)],
) -> SystemOut:
    """Return the processes, the queues, the scheduled jobs, the release and the database schema."""
    # The schema is asked on a connection of its own, and Redis may take its time: both before a transaction is open.
    revision, processes, depths = await schema.revision(), await directory.processes(), await queues.depths()
    async with units.open() as work:
        outbox = OutboxDao(work)
        as_of = await outbox.now()
        retried = await outbox.retried(RETRIED_SHOWN)
        organizations = await _organizations_of(work, retried)
        return SystemOut(
            as_of=as_of,
            version=release.version,
            commit=release.commit,
            built_at=release.built_at,
            environment=release.environment,
            db_schema=schema_out(release, revision),
            key_rings=key_rings_out(await SecretKeyDao(work).oldest_first(), as_of),
            processes=None if processes is None else [ProcessOut.of(process) for process in processes],
            lanes=lanes_out(await outbox.lanes(), depths, processes),
            retried=[RetriedMessageOut.of(row, organizations) for row in retried],
            schedule=jobs_out(await job_times(outbox, registry), as_of),
            dead_letters=await outbox.dead_count(),
        )


@router.get("/api/system/dead-letters", operation_id="list_dead_letters", summary="List undelivered messages")
async def list_dead_letters(
    work: Annotated[UnitOfWork, requires(SYSTEM_READ)],
    query: Annotated[PageQuery, paging(DEAD_LETTERS)],
    wanted: Annotated[DeadLetterFilter, filtering(DeadLetterFilter)],
) -> Page[DeadLetterOut]:
    """Return messages whose delivery was given up, the latest first by default."""
    outbox = OutboxDao(work)
    rows = await outbox.dead_letters(wanted, query)
    await outbox.note_seen(rows.rows)
    organizations = await _organizations_of(work, rows.rows)
    return rows.to_page([DeadLetterOut.of(row, organizations) for row in rows.rows])


@router.get(
    "/api/system/dead-letters/export.csv",
    operation_id="export_dead_letters",
    summary="Export undelivered messages as CSV",
    **CSV,
)
async def export_dead_letters(
    export: Annotated[Export, requires_export(SYSTEM_READ)],
    sort: Annotated[str, sorting(DEAD_LETTERS)],
    wanted: Annotated[DeadLetterFilter, filtering(DeadLetterFilter)],
) -> Response:
    """Stream all undelivered messages that match the filters, without their content."""
    return export.of(DEAD_LETTERS_CSV, sort, **wanted.values())


@router.post(
    "/api/system/dead-letters/{message_id}/revive",
    operation_id="revive_dead_letter",
    summary="Retry an undelivered message",
    problems=[MessageNotDead],
)
async def revive_one(
    message: Annotated[OutboxMessage, letter_for(SYSTEM_OPERATE)],
    work: Annotated[UnitOfWork, requires(SYSTEM_OPERATE)],
) -> RevivedOut:
    """Queue the message again, with all its attempts."""
    await revive_dead_letter(work, message)
    return RevivedOut(revived=1)


@router.post(
    "/api/system/messages/{message_id}/hasten",
    operation_id="hasten_message",
    summary="Retry a failed message now",
    problems=[MessageNotWaiting],
)
async def hasten_one(
    message: Annotated[OutboxMessage, letter_for(SYSTEM_OPERATE)],
    work: Annotated[UnitOfWork, requires(SYSTEM_OPERATE)],
) -> HastenedOut:
    """Make a message due now that failed and is waiting for its next try. Its attempts are counted on."""
    await hasten_message(work, message)
    return HastenedOut(id=message.id)


async def _organizations_of(work: UnitOfWork, messages: Iterable[OutboxMessage]) -> dict[uuid.UUID, OrganizationRef]:
    found = await organizations_by_id(work, {message.org_id for message in messages if message.org_id})
    return {one.id: OrganizationRef.map_from(one) for one in found.values()}
