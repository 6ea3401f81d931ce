"""The audit log as CSV, streamed."""

import csv
import io
import json
from collections.abc import AsyncIterator
from datetime import UTC

from capecontrol.features.audit.dao import AuditDao, AuditFilter
from capecontrol.features.audit.models import AuditEvent
from capecontrol.features.audit.people import actor_type

COLUMNS = (
    "id", "timestamp", "actor_id", "actor_type", "action", "resource", "outcome", "org_id", "ip_address", "metadata",
)  # fmt: skip
#: How many rows are sent at once.
BATCH = 200


def cell(value: object) -> str:
    """Return a value as a cell. What a spreadsheet would run as a formula is shown as text (OWASP: CSV injection)."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _row(event: AuditEvent) -> list[str]:
    resource = f"{event.resource_type}/{event.resource_id}" if event.resource_id else event.resource_type
    values = (
        event.id,
        event.occurred_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        event.actor_id,
        actor_type(event),
        event.action,
        resource,
        event.outcome,
        event.org_id,
        event.ip_address,
        json.dumps(event.details, ensure_ascii=False, sort_keys=True),
    )
    return [cell(value) for value in values]


async def csv_lines(dao: AuditDao, wanted: AuditFilter) -> AsyncIterator[str]:
    """Yield the file in pieces: the header, then rows, newest first."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    pending = 0
    async for event in dao.stream(wanted):
        writer.writerow(_row(event))
        pending += 1
        if pending == BATCH:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
            pending = 0
    yield buffer.getvalue()
