"""What an outage of PostgreSQL or Redis costs under load: `make bench-outages`. See the README beside this file."""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import signal
import sys
import time
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import redis

from bench.faults.ledger import Ledger
from bench.load.checkout import HERE, Checkout
from bench.load.connection import Answer, Connections, Request
from bench.load.large import Installation, default_home, opened
from bench.load.open_loop import Figures, Follow, OpenLoop, quantile
from bench.load.people import Crowd, Person, admit
from bench.load.processes import processes
from bench.load.servers import Product
from capecontrol.local.failure import LocalFailure
from capecontrol.local.postgres_logins import APP_DATABASE

SEED = 20261121
SESSIONS = 240
FROZEN_SECONDS = 10.0
AWAY_SECONDS = 3.0
#: How long nothing happens before an outage, and how long is watched after it.
CALM_SECONDS = 4.0
WATCHED_SECONDS = 8.0
WRITE_SHARE = 0.2
READS = ("/api/auth/me", "/api/projects", "/api/dashboard", "/api/proposals")
TITLE = "Outage"
#: Longer than a message waits that has failed five times (2, 5, 15, 60 and 300 seconds).
DRAIN_SECONDS = 400.0
KEPT = "select json_object_agg(id, title) from projects where title like 'Outage %';"
FORGET = """
delete from activity_entries where subject_id in (select id from projects where title like 'Outage %');
delete from projects where title like 'Outage %';
"""
WAITING = "select count(*) filter (where dead_at is null), count(*) filter (where dead_at is not null) from outbox"
WAITING += " where done_at is null;"
LEFT = "select consumer, attempts, last_error from outbox where done_at is null;"


@dataclass(frozen=True)
class Outage:
    """Something that happens to a part. Returns when the part is back."""

    name: str
    happen: Callable[[Installation], Awaitable[None]]


@dataclass
class Watched:
    """One outage on the clock of the figures."""

    name: str
    began: float
    back: float
    figures: Figures = field(default_factory=Figures)

    def row(self) -> str:
        """Return the line of the table."""
        good = [one for one in self.figures.moments if one.is_good]
        after = [one.over for one in good if one.due >= self.back]
        first = f"{1000 * (min(after) - self.back):.0f}" if after else "**none**"
        bad = [one.over for one in self.figures.moments if not one.is_good]
        last_error = f"{max(0.0, max(bad) - self.back):.1f}" if bad else "–"
        during = [one.over - one.due for one in good if self.began <= one.due < self.back + 1]
        return (
            f"| {self.name} | {self.back - self.began:.1f} | {first} | {last_error} | {len(bad)} of "
            f"{len(self.figures.moments)} | {1000 * quantile(during, 0.95):.0f} | {self._kinds()} |"
        )

    def _kinds(self) -> str:
        kinds = Counter[str]()
        for what, count in self.figures.errors.items():
            kinds[what.partition(": ")[2][:3] if "{" in what else what.partition(": ")[2]] += count
        return ", ".join(f"{count} × {kind}" for kind, count in kinds.most_common(4))


class Writers:
    """Draws reads and writes; each write goes into the ledger, before it is sent and when it was acknowledged."""

    def __init__(self, crowd: Crowd, ledger: Ledger) -> None:
        self._crowd = crowd
        self._ledger = ledger
        self._dice = random.Random(SEED)

    def draw(self) -> tuple[Request, Follow | None]:
        """Draw who does what next."""
        if self._dice.random() < WRITE_SHARE:
            return self._write(self._dice.choice(self._crowd.staff))
        path = self._dice.choice(READS)
        return Request(f"GET {path}", "GET", path, self._dice.choice(self._crowd.clients).headers), None

    def _write(self, person: Person) -> tuple[Request, Follow | None]:
        key = uuid.uuid4().hex  # a repeated key would be answered from memory
        org_id = self._dice.choice(person.visible["organizations"])
        body = json.dumps({"org_id": org_id, "title": f"{TITLE} {key}", "description": ""}).encode()
        headers = person.headers | self._crowd.csrf | {"Idempotency-Key": key}
        self._ledger.note("T", key)

        def follow(answer: Answer | None) -> None:
            if answer is None:
                return
            self._ledger.note("A", key, str(json.loads(answer.body)["id"]))

        return Request("POST /api/projects", "POST", "/api/projects", headers, body), follow


async def kill_postgres(installation: Installation) -> None:
    """Kill its main process and start it again at once; it recovers from its log."""
    await asyncio.to_thread(installation.postgres.kill)
    await asyncio.to_thread(_start_postgres, installation)


async def restart_postgres(installation: Installation) -> None:
    """Stop it in order, ending sessions, and start it again."""
    await asyncio.to_thread(installation.postgres.stop)
    await asyncio.to_thread(_start_postgres, installation)


async def freeze_postgres(installation: Installation) -> None:
    """Stop all of its processes in their tracks for a while: connections stay, nobody answers."""
    await _freeze(installation.postgres.pid)


async def kill_redis(installation: Installation) -> None:
    """Kill it; it is away for a moment."""
    await asyncio.to_thread(installation.valkey.kill)
    await asyncio.sleep(AWAY_SECONDS)
    await asyncio.to_thread(installation.valkey.start)


async def flush_redis(installation: Installation) -> None:
    """Empty it."""

    def flush() -> None:
        with redis.Redis.from_url(installation.valkey.url, socket_timeout=5) as client:
            client.flushall()

    await asyncio.to_thread(flush)


async def freeze_redis(installation: Installation) -> None:
    """Stop it in its tracks for a while."""
    await _freeze(installation.valkey.pid)


OUTAGES = (
    Outage("PostgreSQL killed", kill_postgres),
    Outage(f"PostgreSQL frozen {FROZEN_SECONDS:.0f} s", freeze_postgres),
    Outage("PostgreSQL restarted", restart_postgres),
    Outage(f"Redis killed, away {AWAY_SECONDS:.0f} s", kill_redis),
    Outage("Redis flushed", flush_redis),
    Outage(f"Redis frozen {FROZEN_SECONDS:.0f} s", freeze_redis),
)


def _start_postgres(installation: Installation) -> None:
    for _ in range(20):  # its sessions may outlive a killed server for a moment and hold its memory
        with suppress(LocalFailure):
            installation.postgres.start()
            return
    installation.postgres.start()


async def _freeze(pid: int | None) -> None:
    if pid is None:
        raise RuntimeError("what is to be frozen does not run")
    server = psutil.Process(pid)
    family = [server, *server.children(recursive=True)]
    try:
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(FROZEN_SECONDS)
    finally:
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGCONT)


async def watch(loop: OpenLoop, outage: Outage, installation: Installation, per_second: float) -> Watched:
    """Send requests at a rate while an outage happens and for a while after it."""
    figures = Figures()
    # As long as the longest outage and what is watched of it; the loop ends by itself.
    traffic = asyncio.create_task(loop.run(per_second, CALM_SECONDS + FROZEN_SECONDS + WATCHED_SECONDS, figures))
    await asyncio.sleep(CALM_SECONDS)
    began = time.perf_counter()
    await outage.happen(installation)
    back = time.perf_counter()
    await traffic
    watched = Watched(outage.name, began, back, figures)
    print(watched.row(), flush=True)
    return watched


async def measure(product: Product, ledger: Ledger, per_second: float) -> list[Watched]:
    """Sign everybody in, turn the limits on, and let one outage follow the other."""
    installation = product.installation
    servers = [Connections(*address) for address in await asyncio.to_thread(product.start)]
    crowd = await admit(installation, servers[0], SESSIONS)
    # Redis is asked for limits only, so they must be on; nobody of so many comes near theirs.
    await asyncio.to_thread(product.stop, "api")
    installation.settings["RATE_LIMITS"] = "true"
    servers = [
        Connections(*await asyncio.to_thread(product.serve, f"limited-{number}", {})) for number in range(len(servers))
    ]
    loop = OpenLoop(servers, Writers(crowd, ledger).draw, SEED)
    await loop.run(per_second, 3)
    print("| outage | s | first good answer after, ms | last error after, s | errors | p95 during, ms | which |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | --- |")
    return [await watch(loop, outage, installation, per_second) for outage in OUTAGES]


async def drain(installation: Installation) -> tuple[int, int]:
    """Wait until no message is on its way; return how many still are, and how many are dead."""
    deadline = time.monotonic() + DRAIN_SECONDS
    while True:
        told = await asyncio.to_thread(installation.postgres.run_sql, WAITING, database=APP_DATABASE)
        waiting, dead = (int(word) for word in told.split("|"))
        if waiting == 0 or time.monotonic() > deadline:
            return waiting, dead
        await asyncio.sleep(1)


def judge(installation: Installation, ledger: Ledger) -> dict[str, int]:
    """Compare what was acknowledged with what is there."""
    account = ledger.read()
    told = installation.postgres.run_sql(KEPT, database=APP_DATABASE)
    kept: dict[str, str] = json.loads(told) if told else {}
    titles = list(kept.values())
    return {
        "acknowledged": len(account.acknowledged),
        "undecided": len(account.tried) - len(account.acknowledged),
        "lost": sum(kept.get(row) != f"{TITLE} {key}" for key, row in account.acknowledged.items()),
        "doubled": len(titles) - len(set(titles)),
        "never asked for": sum(title.removeprefix(f"{TITLE} ") not in account.tried for title in titles),
    }


def main() -> None:
    """Let everything happen, print the table and the account; exits 1 when something was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=HERE, help="the checkout to measure (with its .venv)")
    parser.add_argument("--home", type=Path, default=default_home() / "100", help="a folder that make seed-load made")
    parser.add_argument("--rate", type=float, default=20, help="requests a second")
    given = parser.parse_args()
    if not (given.home / "seeded.json").exists():
        sys.exit(f'{given.home} holds no installation: `make seed-load BENCH="--organizations 100"` makes one.')
    checkout = Checkout(given.root.resolve())
    with opened(given.home, checkout) as installation, processes(given.home / "logs") as started:
        path = given.home / "ledger"
        path.unlink(missing_ok=True)
        ledger = Ledger(path)
        installation.postgres.run_sql(FORGET, database=APP_DATABASE)
        product = Product(checkout, installation, started)

        async def run() -> tuple[list[Watched], tuple[int, int]]:
            return await measure(product, ledger, given.rate), await drain(installation)

        watched, (waiting, dead) = asyncio.run(run())
        account = judge(installation, ledger)
        left = installation.postgres.run_sql(LEFT, database=APP_DATABASE).replace("\n", "; ")
    print(f"\nwrites: {', '.join(f'{count} {what}' for what, count in account.items())}")
    print(f"messages: {waiting} still on their way, {dead} dead{f': {left}' if left else ''}")
    is_whole = not any(account[what] for what in ("lost", "doubled", "never asked for")) and waiting == dead == 0
    recovered = all(any(one.is_good and one.due >= outage.back for one in outage.figures.moments) for outage in watched)
    sys.exit(0 if is_whole and recovered else 1)


if __name__ == "__main__":
    main()
