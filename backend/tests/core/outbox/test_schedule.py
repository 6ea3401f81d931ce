"""Each slot of the schedule is put into the outbox once, by any number of schedulers, on the database's clock."""

import asyncio

from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.housekeeping import SCHEDULE as HOUSEKEEPING
from capecontrol.core.outbox.registry import SlotDue
from capecontrol.core.outbox.schedule import CATCH_UP_SLOTS, Schedule
from tests.stage import Stage, job


async def do_nothing(_due: SlotDue, _delivery: Delivery) -> None:
    return


async def slots(stage: Stage, name: str) -> list[int]:
    rows = await stage.query(
        "select (payload ->> 'slot')::bigint as slot from outbox where consumer = :name", name=name
    )
    return sorted(int(str(row["slot"])) for row in rows)


async def test_eight_schedulers_put_each_slot_once(stage: Stage) -> None:
    processes = [
        Stage(stage.url, jobs=[job("tests.quick", 0.5, do_nothing), job("tests.slow", 3600, do_nothing)])
        for _ in range(8)
    ]
    loop = asyncio.get_running_loop()
    until = loop.time() + 4

    async def schedule(process: Stage) -> None:
        while loop.time() < until:
            await Schedule(process.factory, process.registry).tick()
            await stage.query("update outbox set done_at = now()")

    await asyncio.gather(*(schedule(process) for process in processes))
    for process in processes:
        await process.factory.database.close()
    quick = await slots(stage, "tests.quick")
    assert quick == list(range(quick[0], quick[0] + len(quick)))
    assert len(quick) >= 8
    assert len(await slots(stage, "tests.slow")) in (1, 2)  # two when the hour turns meanwhile


async def test_missed_slots_are_caught_up_within_a_bound(stage: Stage) -> None:
    late = Stage(stage.url, jobs=[job("tests.hourly", 3600, do_nothing)])
    schedule = Schedule(late.factory, late.registry)
    assert await schedule.tick() == 1
    assert await schedule.tick() == 0
    (first,) = await slots(stage, "tests.hourly")
    await stage.query("update outbox set done_at = now()")

    await stage.query("update schedule_slots set slot = slot - 2")
    assert await schedule.tick() == 2
    assert await slots(stage, "tests.hourly") == [first - 1, first, first]
    await stage.query("update outbox set done_at = now()")

    await stage.query("update schedule_slots set slot = slot - 100")
    assert await schedule.tick() == CATCH_UP_SLOTS
    await late.factory.database.close()


async def test_a_job_that_cannot_keep_up_has_a_bounded_number_of_slots_waiting(stage: Stage) -> None:
    late = Stage(stage.url, jobs=[job("tests.hourly", 3600, do_nothing)])
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
