"""Exports: on record from before the first byte until after the last, and whole or visibly broken."""

import asyncio
import hashlib
import tracemalloc
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from capecontrol.core.actor import Actor
from capecontrol.core.export.span import FIRST_ROWS, PART_ROWS
from capecontrol.core.http.csv_response import ExportBroken
from capecontrol.core.http.cut_off import AnswerCutOff
from capecontrol.core.http.export_bounds import ExportBounds
from capecontrol.core.http.export_places import ExportPlaces
from capecontrol.core.permissions import Role
from capecontrol.core.problems import Problem, TooManyRequests, Unavailable
from capecontrol.core.work import UnitOfWorkFactory
from tests.features.audit.log import search, sql
from tests.logged_refusals import logged_refusals
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

    assert (reader.status, reader.is_whole, rows(reader)) == (200, False, FIRST_ROWS)
    aborted = (await acts(auditor))[-1]
    assert aborted["metadata"]["reason"] == "failed"
    assert (aborted["metadata"]["rows"], aborted["metadata"]["bytes"]) == (FIRST_ROWS, len(reader.body))


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

    with pytest.raises(AnswerCutOff, match="not_allowed"):
        await reader.get(AUDIT, end)

    assert (reader.is_whole, rows(reader)) == (False, FIRST_ROWS)
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


@pytest.mark.parametrize("sort", ["occurred_at", "-occurred_at"])
async def test_rows_of_one_moment_are_all_in_it_where_a_part_ends_among_them(
    sort: str, app: FastAPI, auditor: Person, factory: UnitOfWorkFactory
) -> None:
    at_once = FILL.replace(" - number * interval '1 second'", "")
    await sql(factory, at_once, events=2 * FIRST_ROWS)
    reader = Reader(app, auditor)

    await reader.get(f"/api/audit/export.csv?action=thing.&sort={sort}")

    assert (reader.is_whole, rows(reader)) == (True, 2 * FIRST_ROWS)


async def test_no_connection_is_held_while_it_is_read(reader: Reader, factory: UnitOfWorkFactory) -> None:
    held = []

    async def count(_: Reader) -> None:
        held.append(factory.database.connections_in_use)

    await reader.get(AUDIT, count)

    assert held == [0]


def test_places_are_shared_between_people_and_organizations() -> None:
    places = ExportPlaces(ExportBounds(exports_max=5, per_organization_max=3, per_person_max=2))
    org_id = uuid.uuid4()
    one, colleague, other, staff = member(org_id), member(org_id), member(uuid.uuid4()), member(None)
    with places.taken(one), places.taken(one):
        assert refused(places, one) == (TooManyRequests.status, "15")
        with places.taken(colleague):
            assert refused(places, colleague) == (TooManyRequests.status, "15")
            with places.taken(other), places.taken(staff):
                assert refused(places, member(None)) == (Unavailable.status, "15")
            with places.taken(staff), places.taken(member(None)):
                pass
        with places.taken(colleague):
            pass
    with places.taken(one), places.taken(one):
        pass


async def test_a_full_process_is_no_error_of_ours(
    auditor: Person, app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    with bounded(app, ExportBounds(exports_max=0)):
        answer = await auditor.client.get(AUDIT)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "15")
    assert logged_refusals(caplog) == [("WARNING", "unavailable", None)]


async def test_who_reads_too_slowly_gives_the_place_up(reader: Reader, auditor: Person) -> None:
    async def stall(_: Reader) -> None:
        await asyncio.Event().wait()

    with bounded(reader.app, ExportBounds(wait_seconds=0.05, pace_bytes=10**9)), pytest.raises(AnswerCutOff):
        await reader.get(AUDIT, stall)

    assert not reader.is_whole
    aborted = (await acts(auditor))[-1]
    assert (aborted["action"], aborted["outcome"]) == ("audit.export_aborted", "FAILURE")
    assert aborted["metadata"]["reason"] == "read_too_slowly"


async def test_parts_are_bounded_by_bytes(app: FastAPI, auditor: Person, factory: UnitOfWorkFactory) -> None:
    """Eighty megabytes of long rows behind short ones, which tell nothing of them."""
    await sql(factory, FILL, events=PART_ROWS)
    await sql(
        factory,
        FILL.replace("jsonb_build_object('number', number)", "jsonb_build_object('text', repeat('x', 8000))").replace(
            "interval '1 day'", "interval '1 hour'"
        ),
        events=10_000,
    )
    # What the first export of a process loads is no part's.
    await Forgetful(app, auditor).get("/api/audit/export.csv?action=nothing.")
    reader = Forgetful(app, auditor)
    tracemalloc.start()
    try:
        await reader.get("/api/audit/export.csv?action=thing.&sort=occurred_at")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert (reader.is_whole, reader.lines) == (True, 1 + PART_ROWS + 10_000)
    assert most < 50_000_000


class Forgetful(Reader):
    """Somebody who keeps nothing of what comes."""

    lines = 0

    async def _take(self, message: Any) -> None:
        await super()._take(message)
        self.lines += sum(piece.count(b"\r\n") for piece in self.pieces)
        self.pieces.clear()


@contextmanager
def bounded(app: FastAPI, bounds: ExportBounds) -> Iterator[None]:
    """Let an application write exports within bounds, for the length of the block."""
    state = app.state.http
    app.state.http = replace(state, exports=ExportPlaces(bounds))
    try:
        yield
    finally:
        app.state.http = state


def member(org_id: uuid.UUID | None) -> Actor:
    return Actor.person(uuid.uuid4(), "someone@example.com", Role.USER, name="Someone", org_id=org_id)


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


def refused(places: ExportPlaces, actor: Actor) -> tuple[int, str]:
    """Return the status of a refusal, and when to come again."""
    with pytest.raises(Problem) as told, places.taken(actor):
        pass
    return told.value.status, told.value.headers["Retry-After"]


async def own(owner_url: str, statement: str) -> None:
    """Run a statement as the owner of the tables."""
    engine = create_async_engine(owner_url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.exec_driver_sql(statement)
