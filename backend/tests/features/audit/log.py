"""Writes events and reads the log, for tests of the audit."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import CursorResult, text

from capecontrol.core.actor import Actor
from capecontrol.core.audit import Outcome
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.work import UnitOfWorkFactory
from tests.people import Person

SYSTEM = Actor.system("tests: write the log")


async def record(
    factory: UnitOfWorkFactory,
    action: str,
    *,
    resource: tuple[str, str] = ("thing", "1"),
    org_id: uuid.UUID | None = None,
    outcome: Outcome = Outcome.SUCCESS,
    actor: Actor = SYSTEM,
    metadata: Mapping[str, object] | None = None,
) -> str:
    """Record an act as any feature does; return the event's id."""
    async with factory.unit(actor, PlatformScope("tests")) as work:
        return str(
            await work.record(action, resource=resource, org_id=org_id, outcome=outcome, metadata=metadata or {})
        )


async def search(reader: Person, **query: str) -> list[dict[str, Any]]:
    """Return the first hundred events of a filter."""
    answer = await reader.client.get("/api/audit", params={"limit": "100", **query})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def actions(reader: Person, **query: str) -> list[str]:
    """Return the actions of a filter, newest first."""
    return [event["action"] for event in await search(reader, **query)]


async def sql(factory: UnitOfWorkFactory, statement: str, **values: object) -> list[dict[str, Any]]:
    """Run a statement as the system role."""
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        result = await work.session.execute(text(statement), values)
        is_listing = isinstance(result, CursorResult) and result.returns_rows
        return [dict(row) for row in result.mappings()] if is_listing else []
