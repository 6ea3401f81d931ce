"""Kills every part of the platform while clients write, and counts what was lost. See the README beside this file.

Without arguments: the run, then its negative control; fails unless the run is clean and the control is red.
"""

import argparse
import asyncio
import math
import random
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from capecontrol.local.port import free_port
from ledger import Ledger
from sink import open_sink
from traffic import PASSWORD, Writers
from verdict import Observer, Verdict, judge
from world import PROCESSES, Chaos, World, forks

#: How much longer a run may take than it should, on a slow machine, to do enough to count.
STRETCH = 6.0
KILL_INTERVAL_SECONDS = 2.0
CLIENTS = 8
PATIENCE_SECONDS = 30.0
DRAIN_SECONDS = 60.0
BOOT_SECONDS = 90.0
OPERATOR = "operator@faults.test"
PRELOADED = ["capecontrol.main.api", "capecontrol.main.worker", "capecontrol.main.scheduler", "parts"]


@dataclass
class Outcome:
    """One run with its figures."""

    verdict: Verdict
    kills: dict[str, int]
    flushes: int
    deaths: dict[str, int]
    answers: dict[str, int]
    surprises: list[str]
    drained_seconds: float | None
    seconds: float

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing went wrong and everything came to rest."""
        return self.verdict.is_clean and not self.surprises and not self.deaths and self.drained_seconds is not None


@dataclass(frozen=True)
class Plan:
    """How a run goes. It goes on, within a bound, until it has written and killed enough to mean something."""

    title: str
    seconds: float
    acknowledged: int
    kills: int
    is_control: bool = False

    def is_enough(self, acknowledged: int, kills: int) -> bool:
        """Tell whether that is enough."""
        return acknowledged >= self.acknowledged and kills >= self.kills


async def prepare(world: World) -> str:
    """Migrate, and make an operator and an organization; return the organization's id."""
    from capecontrol.cli.staff import add_staff
    from capecontrol.core.actor import Actor
    from capecontrol.core.db.scope import PlatformScope
    from capecontrol.core.ids import new_id
    from capecontrol.core.permissions import Role
    from capecontrol.features.organizations.interface import create_organization
    from capecontrol.main.database.migration import Consent, Migrator
    from capecontrol.main.settings import Settings
    from capecontrol.main.wiring import build_factory, build_password_hasher

    settings = Settings.model_validate({name.lower(): value for name, value in world.environment().items()})
    await Migrator(world.postgres.owner_dsn()).migrate(Consent(is_given=True, environment="test"))
    factory = build_factory(settings)
    async with factory.database:
        hasher = build_password_hasher(settings, factory.rings)
        await add_staff(factory, hasher, email=OPERATOR, role=Role.OPERATOR, name="Operator", password=PASSWORD)
        org_id = new_id()
        async with factory.unit(Actor.system("faults"), PlatformScope("faults: prepare")) as work:
            await create_organization(work, org_id=org_id, name="Harbour Logistics", domain="harbour")
    return str(org_id)


async def boot(world: World) -> str:
    """Wait until every API process is ready, sign the operator in and return the access token."""
    deadline = time.monotonic() + BOOT_SECONDS
    async with httpx.AsyncClient(timeout=5) as http:
        for address in world.addresses:
            while not await is_ready(http, address):
                if time.monotonic() > deadline:
                    raise TimeoutError(f"the platform did not become ready; see {world.home}")
                await asyncio.sleep(0.2)
        csrf = (await http.get(f"{world.addresses[0]}/api/auth/csrf")).json()["csrf_token"]
        signed_in = await http.post(
            f"{world.addresses[0]}/api/auth/login",
            json={"email": OPERATOR, "password": PASSWORD},
            headers={"X-CSRF-Token": csrf, "Cookie": f"csrftoken={csrf}"},
        )
        if not signed_in.is_success:
            raise RuntimeError(f"the operator cannot sign in: {signed_in.text}")
        return str(signed_in.json()["access_token"])


async def is_ready(http: httpx.AsyncClient, address: str) -> bool:
    """Ask one process."""
    try:
        return (await http.get(f"{address}/api/health/ready")).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


async def drain(observer: Observer) -> float | None:
    """Wait until nothing is on its way; return after how many seconds, None when it does not come to rest."""
    began = time.monotonic()
    while time.monotonic() - began < DRAIN_SECONDS:
        try:
            if await observer.open_messages() == 0:
                return time.monotonic() - began
        except Exception as error:  # the database was just killed: it is coming back
            print(f"  waiting for the database ({type(error).__name__})", flush=True)
        await asyncio.sleep(0.5)
    return None


async def perform(home: Path, plan: Plan, seed: int) -> Outcome:
    """Do one run."""
    ledger = Ledger(home / "ledger")
    sink = open_sink(ledger, free_port())
    try:
        world = World(home, sink.port, is_control=plan.is_control)
        with world.servers():
            org_id = await prepare(world)
            with world.processes():
                token = await boot(world)
                observer = Observer(world.postgres.app_dsn())
                writers = Writers(world.addresses, ledger, token, org_id, seed)
                chaos = Chaos(world, seed, KILL_INTERVAL_SECONDS)
                began = time.monotonic()
                writers.start(CLIENTS)
                chaos.start()
                await asyncio.sleep(plan.seconds)
                while time.monotonic() - began < plan.seconds * STRETCH:
                    if plan.is_enough(writers.acknowledged, chaos.kills.total()):
                        break
                    await asyncio.sleep(0.5)
                seconds = time.monotonic() - began
                await asyncio.to_thread(chaos.stop)
                await writers.finish(PATIENCE_SECONDS)
                drained = await drain(observer)
                verdict = judge(ledger.read(), await observer.inside())
                await observer.close()
        return Outcome(
            verdict=verdict,
            kills=dict(chaos.kills),
            flushes=chaos.flushes,
            deaths=dict(world.deaths),
            answers={str(key): count for key, count in sorted(writers.answers.items(), key=str)},
            surprises=writers.surprises,
            drained_seconds=drained,
            seconds=seconds,
        )
    finally:
        sink.stop()


def report(outcome: Outcome, title: str) -> None:
    """Print the figures."""
    verdict = outcome.verdict
    print(f"\n{title}: {outcome.seconds:.0f} s, {CLIENTS} clients, {len(PROCESSES)} processes")
    killed = ", ".join(f"{name} {count}" for name, count in sorted(outcome.kills.items()))
    lines = {
        "kill -9": f"{sum(outcome.kills.values())} ({killed}), Redis flushed {outcome.flushes} times",
        "acknowledged": f"{verdict.acknowledged}",
        "rolled back, or never begun": f"{verdict.rolled_back}",
        "left undecided by the client": f"{verdict.indeterminate}",
        "mails": f"{verdict.mails}, raw duplicates {verdict.raw_duplicates} (same message id)",
        "drained": "never" if outcome.drained_seconds is None else f"after {outcome.drained_seconds:.1f} s",
        "answers": ", ".join(f"{answer} × {count}" for answer, count in outcome.answers.items()),
        "died by themselves": ", ".join(f"{name} {count}" for name, count in outcome.deaths.items()) or "0",
    }
    for name, keys in verdict.faults.items():
        lines[name] = f"{len(keys)}" + (f"   e.g. {', '.join(keys[:3])}" if keys else "")
    for name, value in lines.items():
        print(f"  {name:<30}{value}")
    for surprise in outcome.surprises[:5]:
        print(f"  unexpected answer: {surprise}")
    sys.stdout.flush()


def one(plan: Plan, seed: int, *, keep: bool) -> Outcome:
    """Do one run in a folder of its own and print it; the folder stays when something is to be looked at."""
    home = Path(tempfile.mkdtemp(prefix="capecontrol-faults-"))
    home.chmod(0o711)  # the account that runs PostgreSQL passes through
    outcome = asyncio.run(perform(home, plan, seed))
    report(outcome, plan.title)
    if keep or not (outcome.is_clean or plan.is_control):
        print(f"  the ledger and the logs are in {home}")
    else:
        shutil.rmtree(home, ignore_errors=True)
    return outcome


def main() -> int:
    """Run, and judge the judge."""
    parser = argparse.ArgumentParser(description="Kill every part while it works and count what was lost.")
    parser.add_argument("--seconds", type=float, default=60.0, help="of the run")
    parser.add_argument("--control-seconds", type=float, default=20.0, help="of the negative control")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--only", choices=("run", "control"))
    parser.add_argument("--keep", action="store_true", help="keep the ledger and the logs")
    given = parser.parse_args()
    forks.set_forkserver_preload(PRELOADED)
    print(f"seed {given.seed}", flush=True)
    failures = []
    if given.only != "control":
        share = given.seconds / 60
        plan = Plan("faults", given.seconds, acknowledged=math.ceil(1000 * share), kills=math.ceil(20 * share))
        outcome = one(plan, given.seed, keep=given.keep)
        if not outcome.is_clean:
            failures.append("the run is not clean")
        if not plan.is_enough(outcome.verdict.acknowledged, sum(outcome.kills.values())):
            failures.append("the run wrote or killed too little to mean anything")
    if given.only != "run":
        title = "negative control (answers before the commit, mails directly)"
        plan = Plan(title, given.control_seconds, acknowledged=100, kills=8, is_control=True)
        control = one(plan, given.seed, keep=given.keep)
        found = control.verdict.faults
        if not (found["lost"] and found["ghost"]):
            failures.append("the negative control is green: the run would not have noticed")
    well = {"run": "Clean.", "control": "The control is red."}.get(given.only, "Clean, and the control is red.")
    print("\n" + ("; ".join(failures).capitalize() + "." if failures else well))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
