"""Each slot of the schedule is put into the outbox once, by any number of schedulers, on the database's clock."""

import asyncio
import uuid

import pytest

from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.housekeeping import SCHEDULE as HOUSEKEEPING
from capecontrol.core.outbox.registry import SlotDue
from capecontrol.core.outbox.schedule import CATCH_UP_SLOTS, Schedule
from tests.stage import Stage, job

CENTURY_SECONDS = 100 * 365.25 * 24 * 3600


async def do_nothing(_due: SlotDue, _delivery: Delivery) -> None:
    return


async def slots(stage: Stage, name: str) -> list[int]:
    rows = await stage.query(
        "select (payload ->> 'slot')::bigint as slot from outbox where consumer = :name", name=name
    )
    return sorted(int(str(row["slot"])) for row in rows)


async def claimed_last(stage: Stage, name: str, slot: int) -> None:
    """Let a job's last claimed slot be this one, with nothing waiting: so it looks some periods later."""
    await stage.query("update outbox set done_at = now()")
    await stage.query("delete from schedule_slots")
    await stage.query("insert into schedule_slots (job, slot) values (:name, :slot)", name=name, slot=slot)


async def test_eight_schedulers_put_each_slot_once(stage: Stage) -> None:
    # Slot 0 of a job of a century lasts until 2070, however slow the machine is.
    processes = [Stage(stage.url, jobs=[job("tests.centennial", CENTURY_SECONDS, do_nothing)]) for _ in range(8)]
    schedules = [Schedule(process.factory, process.registry) for process in processes]
    for missed in (1, 2, 3, 1, 2, 3):
        await claimed_last(stage, "tests.centennial", -missed)
        before = await slots(stage, "tests.centennial")
        put = await asyncio.gather(*(schedule.tick() for schedule in schedules * 3))
        assert sum(put) == missed
        assert await slots(stage, "tests.centennial") == sorted([*before, *range(1 - missed, 1)])
    for process in processes:
        await process.factory.database.close()


async def test_a_slot_is_the_number_of_periods_on_the_databases_clock(stage: Stage) -> None:
    async def minute() -> int:
        (row,) = await stage.query("select floor(extract(epoch from now()) / 60)::bigint as minute")
        return int(str(row["minute"]))

    minutely = Stage(stage.url, jobs=[job("tests.minutely", 60, do_nothing)])
    before = await minute()
    assert await Schedule(minutely.factory, minutely.registry).tick() == 1
    (slot,) = await slots(stage, "tests.minutely")
    assert before <= slot <= await minute()
    await minutely.factory.database.close()


async def test_missed_slots_are_caught_up_within_a_bound(stage: Stage) -> None:
    late = Stage(stage.url, jobs=[job("tests.centennial", CENTURY_SECONDS, do_nothing)])
    schedule = Schedule(late.factory, late.registry)
    assert await schedule.tick() == 1
    assert await schedule.tick() == 0
    (first,) = await slots(stage, "tests.centennial")
    await stage.query("update outbox set done_at = now()")

    await stage.query("update schedule_slots set slot = slot - 2")
    assert await schedule.tick() == 2
    assert await slots(stage, "tests.centennial") == [first - 1, first, first]
    await stage.query("update outbox set done_at = now()")

    await stage.query("update schedule_slots set slot = slot - 100")
    assert await schedule.tick() == CATCH_UP_SLOTS
    await late.factory.database.close()


async def test_a_job_that_cannot_keep_up_has_a_bounded_number_of_slots_waiting(stage: Stage) -> None:
    late = Stage(stage.url, jobs=[job("tests.centennial", CENTURY_SECONDS, do_nothing)])
    schedule = Schedule(late.factory, late.registry)
    for _ in range(10):
        await schedule.tick()
        await stage.query("update schedule_slots set slot = slot - 1")
    assert len(await stage.messages()) == CATCH_UP_SLOTS
    await late.factory.database.close()


async def test_housekeeping_forgets_what_is_old_and_nothing_else(stage: Stage) -> None:
    keeper = Stage(stage.url, jobs=HOUSEKEEPING)
    await stage.place()
    await stage.place()
    await stage.place()
    done_long_ago, dead, _open = await stage.messages()
    await stage.query("update outbox set done_at = now() - interval '15 days' where id = :id", id=done_long_ago)
    await stage.query("update outbox set dead_at = now() - interval '99 days' where id = :id", id=dead)
    await stage.query("insert into schedule_slots select 'tests.hourly', generate_series(1, 1500)")
    await stage.query(
        "insert into idempotency_keys (id, caller, key, fingerprint, created_at) "
        "select gen_random_uuid(), 'tests', age, '', now() - make_interval(hours => age::int) "
        "from unnest(array['1', '25']) as age"
    )
    await Schedule(keeper.factory, keeper.registry).tick()
    for message in await stage.messages():
        await keeper.runner.run(message)
    left = await stage.messages()
    assert done_long_ago not in left
    assert dead in left
    assert _open in left
    (kept,) = await stage.query(
        "select min(slot) as first, max(slot) as last from schedule_slots where job = 'tests.hourly'"
    )
    assert (kept["first"], kept["last"]) == (500, 1500)
    assert [row["key"] for row in await stage.query("select key from idempotency_keys")] == ["1"]
    await keeper.factory.database.close()


async def test_slots_of_a_clock_that_was_ahead_stop_no_job(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """A database's clock a year ahead for a moment: the next slot comes nevertheless, and what it put is due now."""
    minutely = Stage(stage.url, jobs=[job("tests.minutely", 60, do_nothing), job("tests.hourly", 3600, do_nothing)])
    schedule = Schedule(minutely.factory, minutely.registry)
    assert await schedule.tick() == 2
    await stage.query("update outbox set done_at = now()")
    await stage.query("update schedule_slots set slot = slot + 365 * 24 * 60 where job = 'tests.minutely'")
    await stage.query("delete from schedule_slots where job = 'tests.hourly'")
    await stage.query(
        "insert into outbox (id, topic, consumer, payload, created_at, available_at, enqueued_at) "
        "select gen_random_uuid(), 'schedule.slot_due.v1', 'tests.minutely', '{\"slot\": 1}', now(), "
        "now() + interval '1 year', now() + interval '1 year' from generate_series(1, 3)"
    )
    await schedule.tick()
    logged = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    assert [(line["event"], line["jobs"], line["messages"]) for line in logged] == [
        ("schedule.clock_was_ahead", ["tests.minutely"], 3)
    ]
    (left,) = await stage.query("select max(slot) <= extract(epoch from now()) / 60 as is_now from schedule_slots")
    assert left["is_now"]
    due = await stage.query("select id from outbox where done_at is null and available_at <= now()")
    assert len(due) == 4  # those of the year ahead and the hourly job's; the minutely job has enough waiting
    for row in due:
        await minutely.runner.run(uuid.UUID(str(row["id"])))
    await stage.query("update schedule_slots set slot = slot - 1 where job = 'tests.minutely'")
    assert await schedule.tick() >= 1
    await minutely.factory.database.close()


async def test_a_lease_of_a_clock_that_was_ahead_holds_no_message(stage: Stage) -> None:
    minutely = Stage(stage.url, jobs=[job("tests.minutely", 60, do_nothing)])
    schedule = Schedule(minutely.factory, minutely.registry)
    await schedule.tick()
    await stage.query("update outbox set lease_until = now() + interval '1 year'")
    await stage.query("update schedule_slots set slot = slot + 365 * 24 * 60")
    (held,) = await stage.messages()
    assert not await minutely.runner.run(held)
    await schedule.tick()
    assert await minutely.runner.run(held)
    await minutely.factory.database.close()


async def test_a_clock_that_was_set_back_by_a_moment_loses_no_slot_twice(stage: Stage) -> None:
    late = Stage(stage.url, jobs=[job("tests.centennial", CENTURY_SECONDS, do_nothing)])
    schedule = Schedule(late.factory, late.registry)
    await claimed_last(stage, "tests.centennial", 1)
    assert await schedule.tick() == 0
    await late.factory.database.close()
