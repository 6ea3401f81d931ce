"""A worker or scheduler of the stage as a real process: ``python -m tests.main.staged worker <folder>``.

Its consumer reports each attempt in a file and, in the first attempt of an order, stays where the test wants it.
"""

import asyncio
import json
import sys
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.runner import Lease
from capecontrol.core.ports import Ports
from capecontrol.core.telemetry import configure_logging
from capecontrol.main.background import is_database_ours, run_background
from capecontrol.main.scheduler import Scheduler
from capecontrol.main.settings import Environment, Settings
from capecontrol.main.worker import Worker
from tests.stage import KEY, SECRET, OrderPlaced, Stage, count_effect

#: As in production, only faster.
LEASE = Lease(length=timedelta(seconds=2), renew_seconds=0.5)


def settings_of(given: dict[str, str]) -> Settings:
    """Return the settings of the stage's installation."""
    return Settings(
        capecontrol_env=Environment.TEST,
        secret_key=SecretStr(SECRET),
        encryption_keys=[SecretStr(KEY)],
        database_url=SecretStr(given["database"]),
        redis_url=SecretStr(given["redis"]),
    )


def main(process: str, folder: Path) -> None:
    """Run until a signal. ``given.json`` holds the addresses; ``hold`` makes attempts stay for ever."""
    configure_logging("INFO")
    given = json.loads((folder / "given.json").read_text())
    if process == "api":
        # What the API does before it serves.
        if is_database_ours(settings_of(given)):
            sys.stdout.write("serving\n")
        return

    async def report_and_count(event: OrderPlaced, delivery: Delivery) -> None:
        with (folder / "attempts").open("a") as attempts:
            attempts.write(f"{event.order} {delivery.message_id}\n")
        if (folder / "hold").exists():
            await asyncio.Event().wait()
        if (folder / "linger").exists():
            await asyncio.sleep(0.5)
        await count_effect(event, delivery)

    async def serve() -> None:
        stage = Stage(given["database"], handlers={"tests.count": report_and_count})
        async with stage.factory.database:
            if process == "worker":
                worker = Worker(stage.factory, stage.registry, Ports(), given["redis"], lease=LEASE, grace_seconds=1)
                await worker.serve()
            else:
                await Scheduler(stage.factory, stage.registry, given["redis"], requeue_seconds=1).serve()

    run_background(serve)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
