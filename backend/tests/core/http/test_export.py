"""Exports: on record from before the first byte until after the last, and whole or visibly broken."""

import asyncio
import hashlib
import uuid
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from capecontrol.core.export.span import PART_ROWS
from capecontrol.core.http.export import ExportBroken
from capecontrol.core.http.export_places import ExportPlaces
from capecontrol.core.permissions import Role
from capecontrol.core.problems import Problem, TooManyRequests, Unavailable
from capecontrol.core.work import UnitOfWorkFactory
from tests.features.audit.log import search, sql
from tests.people import People, Person
from tests.reader import Reader

AUDIT = "/api/audit/export.csv?action=thing.&sort=occurred_at"
#: More than is read at once.
EVENTS = 2 * PART_ROWS + 7
#: A second apart, and before anything else.
FILL = """
insert into audit_events
  (id, occurred_at, actor_type, actor_label, action, resource_type, outcome, metadata, created_at)
select gen_random_uuid(), now() - interval '1 day' - number * interval '1 second', 'SYSTEM', 'tests', 'thing.made',
  'thing', 'SUCCESS', jsonb_build_object('number', number), now()
from generate_series(1, :events) as number
"""


@pytest.fixture
async def auditor(people: People) -> Person:
    return await people.person(Role.AUDITOR)


@pytest.fixture
async def reader(app: FastAPI, auditor: Person, factory: UnitOfWorkFactory) -> Reader:
    """Somebody with three parts to read."""
    await sql(factory, FILL, events=EVENTS)
    return Reader(app, auditor)


async def acts(auditor: Person) -> list[dict[str, Any]]:
    """What is on record of the exports, oldest first."""
    return await search(auditor, action="audit.", sort="occurred_at")


def rows(read: Reader) -> int:
    return read.body.count(b"\r\n") - 1


async def test_a_whole_file_is_on_record_with_its_rows_and_its_digest(reader: Reader, auditor: Person) -> None:
    await reader.get(AUDIT)

    assert (reader.status, reader.is_whole, rows(reader)) == (200, True, EVENTS)
    started, exported = await acts(auditor)
    assert (started["action"], started["metadata"]) == (
        "audit.export_started",
        {"filter": {"action": "thing."}, "sort": "occurred_at"},
    )
    assert (exported["action"], exported["outcome"]) == ("audit.exported", "SUCCESS")
    assert exported["metadata"] == {
        "rows": EVENTS,
        "bytes": len(reader.body),
        "sha256": hashlib.sha256(reader.body).hexdigest(),
    }
    assert started["request_id"] == exported["request_id"] == reader.headers["x-request-id"]


async def test_it_is_on_record_before_the_first_byte(reader: Reader, auditor: Person) -> None:
    seen = []

    async def look(_: Reader) -> None:
        seen.extend(await acts(auditor))

    await reader.get(AUDIT, look)

    assert [act["action"] for act in seen] == ["audit.export_started"]


async def test_what_cannot_be_recorded_is_not_sent(reader: Reader, owner_url: str) -> None:
    await own(owner_url, "alter table audit_events add constraint refused check (action !~ 'export') not valid")
    try:
        await reader.get(AUDIT)
    finally:
        await own(owner_url, "alter table audit_events drop constraint refused")

    assert reader.status == 500
    assert b"thing.made" not in reader.body


async def test_a_file_that_cannot_be_recorded_as_sent_has_no_end(reader: Reader, owner_url: str) -> None:
    await own(owner_url, "alter table audit_events add constraint refused check (action !~ 'exported') not valid")
    try:
        with pytest.raises(ExportBroken):
            await reader.get(AUDIT)
    finally:
        await own(owner_url, "alter table audit_events drop constraint refused")

    assert (rows(reader), reader.is_whole) == (EVENTS, False)


async def test_who_leaves_in_the_middle_is_on_record(reader: Reader, auditor: Person) -> None:
    async def leave(read: Reader) -> None:
        read.leave()

    # Nobody is there to be told.
    await reader.get(AUDIT, leave)

    assert not reader.is_whole
    aborted = (await acts(auditor))[-1]
    assert (aborted["action"], aborted["outcome"]) == ("audit.export_aborted", "FAILURE")
    assert aborted["metadata"]["reason"] == "client_left"
    assert aborted["metadata"]["rows"] < EVENTS


async def test_a_failure_in_the_middle_breaks_the_transfer(reader: Reader, auditor: Person, owner_url: str) -> None:
    async def fail(_: Reader) -> None:
        await own(owner_url, "alter table users rename column full_name to gone")

    try:
        with pytest.raises(ExportBroken):
            await reader.get(AUDIT, fail)
    finally:
        await own(owner_url, "alter table users rename column gone to full_name")

    assert (reader.status, reader.is_whole, rows(reader)) == (200, False, PART_ROWS)
    aborted = (await acts(auditor))[-1]
    assert aborted["metadata"]["reason"] == "failed"
    assert (aborted["metadata"]["rows"], aborted["metadata"]["bytes"]) == (PART_ROWS, len(reader.body))


@pytest.mark.parametrize(
    "ended",
    [
        "update sessions set revoked_at = now() where user_id = :user_id",
        "update users set status = 'DISABLED' where id = :user_id",
        "update users set role = 'DEVELOPER' where id = :user_id",
    ],
    ids=["session", "person", "role"],
)
async def test_who_is_shut_out_in_the_middle_gets_no_more(
    ended: str, reader: Reader, auditor: Person, people: People, factory: UnitOfWorkFactory
) -> None:
    async def end(_: Reader) -> None:
        await sql(factory, ended, user_id=auditor.id)

    with pytest.raises(ExportBroken):
        await reader.get(AUDIT, end)

    assert (reader.is_whole, rows(reader)) == (False, PART_ROWS)
    aborted = (await acts(await people.person(Role.AUDITOR)))[-1]
    assert (aborted["outcome"], aborted["metadata"]["reason"]) == ("DENIED", "not_allowed")


async def test_a_stop_of_the_process_is_on_record(reader: Reader, auditor: Person) -> None:
    reached = asyncio.Event()

    async def stall(_: Reader) -> None:
        reached.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(reader.get(AUDIT, stall))
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    aborted = (await acts(auditor))[-1]
    assert (aborted["action"], aborted["metadata"]["reason"]) == ("audit.export_aborted", "stopped")


async def test_rows_that_come_meanwhile_are_not_in_it(reader: Reader, factory: UnitOfWorkFactory) -> None:
    async def add(_: Reader) -> None:
        await sql(factory, FILL.replace("now() - interval '1 day' -", "now() + interval '1 day' +"), events=3)

    await reader.get(AUDIT, add)

    assert (reader.is_whole, rows(reader)) == (True, EVENTS)


async def test_no_connection_is_held_while_it_is_read(reader: Reader, factory: UnitOfWorkFactory) -> None:
    held = []

    async def count(_: Reader) -> None:
        held.append(factory.database.connections_in_use)

    await reader.get(AUDIT, count)

    assert held == [0]


def test_a_person_has_some_of_the_places_of_a_process() -> None:
    places, one, other = ExportPlaces(in_all=3, of_one=2), uuid.uuid4(), uuid.uuid4()
    with places.taken(one), places.taken(one):
        assert refused(places, one) == (TooManyRequests.status, "15")
        with places.taken(other):
            assert refused(places, other) == (Unavailable.status, "15")
        with places.taken(other):
            pass
    with places.taken(one), places.taken(one):
        pass


async def test_a_place_is_free_again_after_a_failure(reader: Reader, owner_url: str) -> None:
    async def fail(_: Reader) -> None:
        await own(owner_url, "alter table users rename column full_name to gone")

    for _ in range(3):
        try:
            with pytest.raises(ExportBroken):
                await Reader(reader.app, reader.person).get(AUDIT, fail)
        finally:
            await own(owner_url, "alter table users rename column gone to full_name")

    await reader.get(AUDIT)
    assert reader.is_whole


def refused(places: ExportPlaces, actor_id: Any) -> tuple[int, str]:
    """Return the status of a refusal, and when to come again."""
    with pytest.raises(Problem) as told, places.taken(actor_id):
        pass
    return told.value.status, told.value.headers["Retry-After"]


async def own(owner_url: str, statement: str) -> None:
    """Run a statement as the owner of the tables."""
    engine = create_async_engine(owner_url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.exec_driver_sql(statement)
