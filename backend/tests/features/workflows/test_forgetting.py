"""Old runs are deleted; what pages count, what goes on and the newest of each workflow stay."""

from datetime import datetime, timedelta

from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.features.workflows.dao.executions import ExecutionDao
from capecontrol.features.workflows.jobs import KEEP_EXECUTIONS, KEEP_NEWEST, KEEP_SURPLUS
from tests.features.workflows.conftest import Automation, workflow_file
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import SYSTEM

ADD = """
insert into executions (
  id, org_id, workflow_id, engine_execution_id, status, trigger, started_at, finished_at, created_at, updated_at
)
select gen_random_uuid(), w.org_id, w.id, :name || n, :status, 'EXTERNAL', :at, :finished_at, :at, :at
from workflow_instances w, generate_series(1, :number) n
"""
KEPT = """
select regexp_replace(engine_execution_id, '\\d+$', '') as name, count(*) as number
from executions group by 1 order by 1
"""


class Runs:
    """The runs of the one workflow."""

    def __init__(self, automation: Automation) -> None:
        self._factory = automation.people.factory

    async def add(self, name: str, at: datetime, number: int = 1, *, ended: bool = True) -> None:
        status = "SUCCESS" if ended else "RUNNING"
        values = {"name": name, "at": at, "finished_at": at if ended else None, "status": status, "number": number}
        async with self._factory.unit(SYSTEM, PlatformScope("tests")) as work:
            await work.session.execute(text(ADD), values)

    async def kept(self) -> dict[str, int]:
        async with self._factory.unit(SYSTEM, PlatformScope("tests")) as work:
            return {row.name: row.number for row in await work.session.execute(text(KEPT))}


async def test_runs_go_after_a_year_and_a_month(automation: Automation, drain: Drain, clock: MovingClock) -> None:
    await automation.deployed(workflow_file("lab-async"))
    runs, now, minute = Runs(automation), clock.now(), timedelta(minutes=1)
    await runs.add("older", now - KEEP_EXECUTIONS - minute)
    await runs.add("going-on", now - KEEP_EXECUTIONS - minute, ended=False)
    await runs.add("younger", now - KEEP_EXECUTIONS + minute)
    await drain.slot("workflows.forget_executions")
    assert await runs.kept() == {"going-on": 1, "younger": 1}


async def test_of_a_busy_workflow_the_newest_stay(automation: Automation, drain: Drain, clock: MovingClock) -> None:
    await automation.deployed(workflow_file("lab-async"))
    runs, now, hour = Runs(automation), clock.now(), timedelta(hours=1)
    await runs.add("recent", now - KEEP_SURPLUS + hour, KEEP_NEWEST - 10)
    await runs.add("month-old", now - KEEP_SURPLUS - hour, 10)
    await runs.add("surplus", now - KEEP_SURPLUS - 2 * hour, 2_500)
    await runs.add("going-on", now - KEEP_SURPLUS - 2 * hour, ended=False)
    await drain.slot("workflows.forget_executions")
    assert await runs.kept() == {"going-on": 1, "month-old": 10, "recent": KEEP_NEWEST - 10}

    await runs.add("storm", now, 50)
    await drain.slot("workflows.forget_executions")
    assert await runs.kept() == {"going-on": 1, "recent": KEEP_NEWEST - 10, "storm": 50}


async def test_what_is_surplus_is_looked_for_once_whatever_the_planner_believes(
    automation: Automation, clock: MovingClock
) -> None:
    await automation.deployed(workflow_file("lab-async"))
    runs, now = Runs(automation), clock.now()
    await runs.add("kept", now, KEEP_NEWEST)
    await runs.add("surplus", now - 2 * KEEP_SURPLUS, 2_500)
    # As with statistics of an empty table: a nested loop seems as good as any, and would sort all runs for each run.
    async with automation.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        for setting in ("enable_hashjoin", "enable_mergejoin", "enable_hashagg", "enable_sort", "enable_material"):
            await work.session.execute(text(f"set local {setting} = off"))
        assert await ExecutionDao(work).forget_surplus(KEEP_NEWEST, now - KEEP_SURPLUS, 1_000) == 1_000
    assert await runs.kept() == {"kept": KEEP_NEWEST, "surplus": 1_500}
