"""Bulk operations for tests that need them."""

import uuid
from typing import Any

from sqlalchemy import text

from tests.client import Client
from tests.features.system.builders import build_dead_letter
from tests.people import Person
from tests.security.world import World

REVIVED = text("select resource_id from audit_events where action = 'outbox.message_revived' order by resource_id")


async def start(person: Person, kind: str = "dead_letters.revive", **what: object) -> dict[str, Any]:
    """Start an operation, and return it as it was answered."""
    answer = await person.client.post("/api/bulk-operations", {"kind": kind, **what})
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


async def shown(person: Person, operation: dict[str, Any]) -> dict[str, Any]:
    """Return an operation as it is now."""
    answer = await person.client.get(f"/api/bulk-operations/{operation['id']}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def end_all(world: World) -> None:
    """End what people have under way, so that each may start another one."""
    await world.sql("update bulk_operations set state = 'CANCELLED', finished_at = now() where finished_at is null")


async def build_operation(world: World) -> str:
    """Start an operation of the operator's, who has no other one, and return its id."""
    await end_all(world)
    return str((await start(world.operator, ids=[await build_dead_letter(world)]))["id"])


async def place_dead_letters(world: World, count: int, consumer: str = "proposals.mail") -> list[str]:
    """Give up many messages at once, and return their ids."""
    ids = [str(uuid.uuid4()) for _ in range(count)]
    await world.sql(
        "insert into outbox (id, topic, consumer, lane, payload, created_at, attempts, last_error, dead_at) "
        "select cast(id as uuid), 'tests.placed.v1', :consumer, 'mail', '{}', now(), 12, 'MailRefused', now() "
        "from unnest(cast(:ids as text[])) as id",
        ids=ids,
        consumer=consumer,
    )
    return ids


async def revivals(world: World) -> list[str]:
    """Return which letters were revived, as often as the audit has each."""
    async with world.unit() as work:
        result = await work.session.execute(REVIVED)
        return [str(found) for found in result.scalars()]


async def build_ended_operation(world: World, client: Client) -> None:
    """Let somebody start an operation and cancel it."""
    body = {"kind": "dead_letters.revive", "ids": [await build_dead_letter(world)]}
    started = (await client.post("/api/bulk-operations", body)).json()
    assert (await client.post(f"/api/bulk-operations/{started['id']}/cancel")).is_success
