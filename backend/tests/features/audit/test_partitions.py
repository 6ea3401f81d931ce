"""The audit log by months: each event in its month's partition, none lost, the past shut, 0.1.0's rows carried over."""

import asyncio
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from structlog.testing import capture_logs

from capecontrol.core.ids import new_id
from capecontrol.main.database.migration import Migrator
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import People
from tests.servers import MIGRATING, empty_database

__all__ = ["empty_database"]

FIRST_RELEASE, BEFORE = "20261121_0700", "20261121_0790"
#: As 0.1.0 inserts: without the columns that came later.
INSERT = """
insert into audit_events (id, org_id, occurred_at, actor_type, actor_id, actor_label, action, resource_type,
  resource_id, outcome, ip_address, request_id, metadata, created_at)
values (:id, :org_id, :at, :actor_type, :actor_id, :label, :action, 'thing', '1', 'SUCCESS', null, null,
  '{"a": 1}', :at)
"""
ROWS = """
select id, occurred_at, actor_type, actor_id, actor_label, action, metadata, tableoid::regclass::text as partition
from audit_events order by occurred_at
"""
KEYS_OF = """
select conparentid <> 0 as is_inherited, convalidated as is_checked from pg_constraint
where conrelid = '{}'::regclass and contype = 'f'
"""
WAITING = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%make_audit_partitions%'"
INSERTING = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query ilike '%insert into audit_events%'"
SELECT, DELETE = "select * from {}", "delete from {}"
PLACE = "select app.place_audit_events(array['2019-05-01']::date[]) as made"
PLACING = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%place_audit_events%'"
ORGANIZATION = """
insert into organizations (id, name, domain, plan, status, settings, created_at, updated_at)
values (:id, :name, :name, 'FREE', 'ACTIVE', '{}', now(), now())
"""
USER = """
insert into users (id, email, full_name, role, status, created_at, updated_at)
values (:id, :email, 'Thandi', 'OPERATOR', 'ACTIVE', now(), now())
"""


class Log:
    """The audit log of a database of the test's own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine: AsyncEngine = create_async_engine(url, poolclass=NullPool)

    async def migrate(self, to: str = "head") -> None:
        await Migrator(self.url).migrate(MIGRATING, to)

    async def system(self, statement: str, **values: object) -> list[dict[str, object]]:
        """Run a statement as the system role, which the processes take on."""
        return await self._run("capecontrol_system", statement, values)

    async def bare(self, statement: str) -> list[dict[str, object]]:
        """Run a statement as the login itself: of the owner's address, as the owner of the tables."""
        return await self._run("none", statement, {})

    async def _run(self, role: str, statement: str, values: dict[str, object]) -> list[dict[str, object]]:
        async with self.engine.begin() as connection:
            await connection.execute(text("select set_config('role', :role, true)"), {"role": role})
            result = await connection.execute(text(statement), values)
            return [dict(row) for row in result.mappings()] if result.returns_rows else []

    async def add(
        self,
        at: datetime,
        action: str = "thing.made",
        actor: tuple[str, str | None, str] | None = None,
        org_id: uuid.UUID | None = None,
    ) -> str:
        actor_type, actor_id, label = actor or ("SYSTEM", None, "tests")
        row = {
            "id": new_id(),
            "org_id": org_id,
            "at": at,
            "action": action,
            "actor_type": actor_type,
            "actor_id": actor_id,
            "label": label,
        }
        await self.system(INSERT, **row)
        return str(row["id"])

    async def rows(self) -> list[dict[str, object]]:
        return await self.system(ROWS)

    async def partitions(self) -> set[str]:
        """Return the names of the partitions."""
        found = await self.bare(
            "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_events'::regclass"
        )
        return {str(row["name"]) for row in found}


@pytest.fixture
def log(empty_database: str) -> Log:
    return Log(empty_database)


def partition(at: datetime) -> str:
    return f"partitions.audit_events_{at:%Y_%m}"


def month_later(at: datetime, months: int) -> datetime:
    """The fifteenth, some months on."""
    number = at.year * 12 + at.month - 1 + months
    return at.replace(year=number // 12, month=number % 12 + 1, day=15)


def moment_now() -> datetime:
    """The time of the test, and not of the module's import: a month may have ended in between."""
    return datetime.now(UTC)


async def test_history_moves_into_its_months(log: Log) -> None:
    await log.migrate(FIRST_RELEASE)
    user = ("USER", str(uuid.uuid4()), "operator@demo.test")
    moments = [
        datetime(2026, 8, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2026, 9, 1, tzinfo=UTC),
        datetime(2026, 11, 15, 12, tzinfo=UTC),
    ]
    ids = [await log.add(at, f"thing.number_{number}", user) for number, at in enumerate(moments)]

    await log.migrate()

    rows = await log.rows()
    assert [str(row["id"]) for row in rows] == ids
    assert [row["partition"] for row in rows] == [partition(at) for at in moments]
    assert [row["occurred_at"] for row in rows] == moments
    assert {(row["actor_type"], row["actor_id"], row["actor_label"]) for row in rows} == {user}
    assert rows[0]["metadata"] == {"a": 1}


async def test_the_first_release_goes_on_writing(log: Log) -> None:
    """During a roll-out its processes insert without the new columns, as each of the three roles."""
    await log.migrate()
    for role in ("capecontrol_system", "capecontrol_signin"):
        async with log.engine.begin() as connection:
            await connection.execute(text("select set_config('role', :role, true)"), {"role": role})
            await connection.execute(
                text(INSERT),
                {
                    "id": new_id(),
                    "org_id": None,
                    "at": moment_now(),
                    "action": role,
                    "actor_type": "USER",
                    "actor_id": None,
                    "label": "a@b.c",
                },
            )

    assert [(row["action"], row["partition"]) for row in await log.rows()] == [
        ("capecontrol_system", partition(moment_now())),
        ("capecontrol_signin", partition(moment_now())),
    ]
    numbers = await log.system("select transaction_id::text::bigint as number from audit_events")
    assert len({row["number"] for row in numbers}) == 2


async def test_there_are_partitions_for_this_month_and_the_next_three(log: Log) -> None:
    await log.migrate()

    months = {partition(month_later(moment_now(), ahead)) for ahead in range(4)}
    assert await log.partitions() == {"partitions.audit_events_default", *months}


async def test_what_has_no_month_is_kept_and_moves_when_its_month_is_made(log: Log) -> None:
    await log.migrate()
    later = month_later(moment_now(), 5)
    early, late = await log.add(datetime(2019, 5, 1, tzinfo=UTC)), await log.add(later)
    assert {row["partition"] for row in await log.rows()} == {"partitions.audit_events_default"}

    made = [await log.system("select app.make_audit_partitions(5) as made") for _ in range(3)]

    # A month that holds events takes two calls: its table and key first, its rows in a transaction of their own.
    assert made == [[{"made": 1}], [{"made": 1}], [{"made": 0}]]
    assert [(str(row["id"]), row["partition"]) for row in await log.rows()] == [
        (early, "partitions.audit_events_default"),
        (late, partition(later)),
    ]
    for name in ("audit_events_default", f"audit_events_{later:%Y_%m}"):
        await refused(log, DELETE.format(f"partitions.{name}"), "append-only")


async def refused(log: Log, statement: str, because: str, *, role: str = "none") -> None:
    with pytest.raises(DBAPIError, match=because):
        await log._run(role, statement, {})


@pytest.mark.parametrize("statement", ["update {} set action = 'nothing'", DELETE, "truncate {}"])
async def test_the_past_is_shut_in_every_partition(statement: str, log: Log) -> None:
    await log.migrate()
    await log.add(moment_now())

    for name in ("audit_events", partition(moment_now())):
        await refused(log, statement.format(name), "append-only")
    for role in ("capecontrol_runtime", "capecontrol_system", "capecontrol_signin"):
        await refused(log, statement.format("audit_events"), "permission denied", role=role)


@pytest.mark.parametrize("role", ["capecontrol_runtime", "capecontrol_system", "capecontrol_signin"])
async def test_a_partition_is_reached_through_the_table_only(role: str, log: Log) -> None:
    await log.migrate()

    await refused(log, SELECT.format(partition(moment_now())), "permission denied for schema partitions", role=role)


async def test_an_organization_reads_its_own_rows_of_all_partitions(log: Log) -> None:
    await log.migrate()
    await log.add(moment_now())
    await log.add(datetime(2019, 5, 1, tzinfo=UTC))

    assert await log._run("capecontrol_runtime", "select * from audit_events", {}) == []


@pytest.mark.parametrize("role", ["capecontrol_runtime", "capecontrol_signin"])
async def test_only_the_system_makes_partitions(role: str, log: Log) -> None:
    await log.migrate()

    await refused(log, "select app.make_audit_partitions(5)", "permission denied", role=role)
    await refused(log, "select app.make_audit_partition('2030-01-01')", "permission denied", role="capecontrol_system")


async def test_readers_never_wait_long_for_partitions(log: Log) -> None:
    """An export reads in one long transaction: what makes the months gives up behind it, instead of all readers."""
    await log.migrate()
    async with log.engine.begin() as exporter:
        await exporter.execute(text("set local role capecontrol_system"))
        await exporter.execute(text("select * from audit_events"))
        making = asyncio.create_task(
            refused(log, "select app.make_audit_partitions(5)", "lock timeout", role="capecontrol_system")
        )
        try:
            while not making.done() and not await log.bare(WAITING):
                pass
            async with log.engine.begin() as reader:
                await reader.execute(text("set local role capecontrol_system"))
                await reader.execute(text("set local statement_timeout = '3s'"))
                await reader.execute(text("select * from audit_events"))
            await making
        finally:
            making.cancel()

    assert await log.system("select app.make_audit_partitions(5) as made") == [{"made": 2}]


@pytest.mark.parametrize("actor_type", ["Operator", "ROBOT", ""])
async def test_an_unknown_type_of_actor_is_refused(actor_type: str, log: Log) -> None:
    await log.migrate()

    with pytest.raises(DBAPIError, match="ck_audit_events_actor_type"):
        await log.add(moment_now(), actor=(actor_type, None, "tests"))


async def test_going_back_leaves_what_the_first_release_wrote(log: Log) -> None:
    await log.migrate()
    operator = uuid.uuid4()
    await log.system(USER, id=operator, email="operator@demo.test")
    events = [
        await log.add(moment_now(), "thing.made", ("OPERATOR", str(operator), "")),
        await log.add(moment_now() + timedelta(seconds=1), "thing.seen", ("USER", str(uuid.uuid4()), "")),
        await log.add(moment_now() + timedelta(seconds=2), "thing.swept"),
    ]

    await log.migrate(BEFORE)

    rows = await log.rows()
    assert [str(row["id"]) for row in rows] == events
    assert [(row["actor_type"], row["actor_label"]) for row in rows] == [
        ("USER", "operator@demo.test"),
        ("USER", ""),
        ("SYSTEM", "tests"),
    ]
    assert {row["partition"] for row in rows} == {"audit_events"}
    await refused(log, "delete from audit_events", "append-only")
    await log.migrate()
    assert [str(row["id"]) for row in await log.rows()] == events


async def test_the_schedule_makes_up_for_a_month_that_was_missed(drain: Drain, people: People, owner_url: str) -> None:
    application = Log(owner_url)
    missed, moment = "partitions.audit_events_2019_05", datetime(2019, 5, 31, 23, tzinfo=UTC)
    events = [await application.add(moment, org_id=org_id) for org_id in (None, (await people.owner()).org_id)]
    try:
        with capture_logs() as logs:
            await drain.slot("audit.make_partitions")
            await drain.slot("audit.make_partitions")
        placed = await application.system(
            "select tableoid::regclass::text as partition from audit_events where id = any(:ids)", ids=events
        )
        keys = await application.bare(KEYS_OF.format(missed))
    finally:
        await application.bare(f"drop table if exists {missed}")

    assert placed == [{"partition": missed}] * 2
    assert keys == [{"is_inherited": True, "is_checked": True}]
    (told,) = [line for line in logs if line["event"] == "audit.partitions_late"]
    assert (told["log_level"], told["months_unplaced"]) == ("error", ["2019-05"])


async def test_a_month_whose_placing_was_interrupted_is_placed_the_next_day(drain: Drain, owner_url: str) -> None:
    application = Log(owner_url)
    missed = "partitions.audit_events_2019_05"
    event = await application.add(datetime(2019, 5, 31, 23, tzinfo=UTC))
    try:
        # Its table is made, and the worker is killed before the events move.
        assert await application.system(PLACE) == [{"made": 0}]
        assert missed not in await application.partitions()
        await drain.slot("audit.make_partitions")
        placed = await application.system(
            "select tableoid::regclass::text as partition from audit_events where id = :id", id=event
        )
    finally:
        await application.bare(f"drop table if exists {missed}")

    assert placed == [{"partition": missed}]


async def test_organizations_change_while_a_month_is_placed(log: Log) -> None:
    """Moving a month of a busy installation takes seconds; here somebody holds it up who has locked a row of it."""
    await log.migrate()
    locked, other = new_id(), new_id()
    for org_id in (locked, other):
        await log.system(ORGANIZATION, id=org_id, name=str(org_id))
    await log.add(datetime(2019, 5, 31, 23, tzinfo=UTC), org_id=locked)
    assert await log.system(PLACE) == [{"made": 0}]

    async with log.engine.begin() as holder:
        await holder.execute(text("set local role capecontrol_system"))
        await holder.execute(text("select id from organizations where id = :id for update"), {"id": locked})
        placing = asyncio.create_task(log.system(PLACE))
        while not placing.done() and not await log.bare(PLACING):
            pass
        async with log.engine.begin() as changing:
            await changing.execute(text("set local role capecontrol_system"))
            await changing.execute(text("set local lock_timeout = '100ms'"))
            await changing.execute(text("update organizations set name = 'Harbour' where id = :id"), {"id": other})
        assert not placing.done()
    await asyncio.wait([placing])

    # On a slow machine it has waited for too long by now, and is called again the next day.
    assert placing.exception() is None or "lock timeout" in str(placing.exception())
    await log.system(PLACE)
    assert [row["partition"] for row in await log.rows()] == ["partitions.audit_events_2019_05"]


async def test_nobody_makes_months_in_which_nothing_happened(log: Log) -> None:
    """Each partition costs every plan over the log; the system role may place events, and not fill the catalog."""
    await log.migrate()
    held, ancient = datetime(2019, 5, 31, 23, tzinfo=UTC), datetime(1999, 12, 31, 23, tzinfo=UTC)
    for moment in (held, ancient, month_later(moment_now(), 30)):
        await log.add(moment)
    before = await log.partitions()
    asked = "array['4000-01-01 BC', '1999-12-01', '2019-05-01', '2019-06-01', '2024-02-01']::date[]"
    ahead = f"array['{month_later(moment_now(), 30):%Y-%m-%d}']::date[]"

    made = [await log.system(f"select app.place_audit_events({months}) as made") for months in (asked, ahead, asked)]

    assert made == [[{"made": 0}], [{"made": 0}], [{"made": 1}]]
    assert await log.partitions() - before == {"partitions.audit_events_2019_05"}
    default = "partitions.audit_events_default"
    assert [row["partition"] for row in await log.rows()] == [default, "partitions.audit_events_2019_05", default]


async def test_a_next_month_that_is_missing_is_told(drain: Drain, owner_url: str) -> None:
    application = Log(owner_url)
    following = partition(month_later(moment_now(), 1))
    await application.bare(f"drop table {following}")

    with capture_logs() as logs:
        await drain.slot("audit.make_partitions")

    (told,) = [line for line in logs if line["event"] == "audit.partitions_late"]
    assert (told["log_level"], told["has_next_month"]) == ("error", False)
    assert following in await application.partitions()


async def test_an_act_beside_the_making_of_its_month_is_told_to_come_again(
    people: People, database_url: str, owner_url: str, clock: MovingClock
) -> None:
    """It waits to go into the default partition, where its month no longer belongs once it may."""
    application = Log(database_url)
    owner = await people.owner()
    clock.advance(month_later(moment_now(), 5) - moment_now())
    operator = await people.operator()
    body = {"org_id": str(owner.org_id), "title": "Beside"}
    await operator.client.csrf()
    try:
        async with application.engine.begin() as maker:
            await maker.execute(text("select set_config('role', 'capecontrol_system', true)"))
            await maker.execute(text("select app.make_audit_partitions(5)"))
            beside = asyncio.create_task(operator.client.post("/api/projects", body))
            while not beside.done() and not await application.bare(INSERTING):
                pass
        answer = await beside
        again = await operator.client.post("/api/projects", body)
    finally:
        for ahead in (4, 5):
            await Log(owner_url).bare(f"drop table if exists {partition(month_later(moment_now(), ahead))}")

    assert (answer.status_code, again.status_code) == (503, 201)


async def test_the_schedule_makes_the_months_to_come(drain: Drain, owner_url: str) -> None:
    application = Log(owner_url)
    last = partition(month_later(moment_now(), 3))
    await application.bare(f"drop table if exists {last}")

    await drain.slot("audit.make_partitions")

    assert last in await application.partitions()
