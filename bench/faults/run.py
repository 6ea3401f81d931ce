"""Hurts every part of the platform while clients write and pay, and counts what was lost.

See the README beside this file. Without arguments: the run, then its negative controls; fails unless the run is clean
and every verdict of the controls is red.
"""

import argparse
import asyncio
import math
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from capecontrol.local.port import free_port
from chaos import Chaos
from client import Client
from control import Control
from deals import Dealer, Deployed
from ledger import Ledger
from observer import Observer
from prepare import boot, prepare
from record import Record
from sink import open_sink
from traffic import Writers
from vandal import Vandal, is_seen
from verdict import Verdict, judge
from world import PROCESSES, World, forks

#: How much longer a run may take than it should, on a slow machine, to do enough to count.
STRETCH = 6.0
INTERVAL_SECONDS = 2.0
PATIENCE_SECONDS = 60.0
#: Longer than the watch on silent runs and pages takes to come around twice.
DRAIN_SECONDS = 240.0
UNHEARD_SECONDS = 3.0
PRELOADED = ["capecontrol.main.api", "capecontrol.main.worker", "capecontrol.main.scheduler", "parts", "outside"]
#: What the run must have seen to mean something, and the controls.
ACKNOWLEDGED, FAULTS = 5000, 40


@dataclass
class Outcome:
    """One run with its figures."""

    verdict: Verdict
    faults: dict[str, int]
    deaths: dict[str, int]
    record: Record
    drained_seconds: float | None
    seconds: float
    #: The verdicts that did not notice what was spoiled for them; of the spoiled control only.
    blind: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing went wrong and everything came to rest."""
        is_whole = self.verdict.is_clean and not self.record.surprises and not self.deaths
        return is_whole and self.drained_seconds is not None


@dataclass(frozen=True)
class Plan:
    """How a run goes. It goes on, within a bound, until it has written and hurt enough to mean something."""

    title: str
    seconds: float
    acknowledged: int
    faults: int
    paid: int
    control: Control | None = None

    def is_enough(self, acknowledged: int, faults: int, paid: int) -> bool:
        """Tell whether that is enough."""
        return acknowledged >= self.acknowledged and faults >= self.faults and paid >= self.paid


async def drain(observer: Observer, patience_seconds: float = DRAIN_SECONDS) -> float | None:
    """Wait until nothing is on its way; return after how many seconds, None when it does not come to rest."""
    began = time.monotonic()
    while time.monotonic() - began < patience_seconds:
        try:
            if await observer.unfinished() == 0:
                return time.monotonic() - began
        except Exception as error:  # the database was just killed: it is coming back
            print(f"  waiting for the database ({type(error).__name__})", flush=True)
        await asyncio.sleep(0.5)
    return None


async def perform(base: Path, plan: Plan, seed: int) -> Outcome:
    """Do one run."""
    ledger = Ledger(base / "ledger")
    sink = open_sink(ledger, free_port())
    try:
        world = World(base, sink.port, control=plan.control)
        with world.servers():
            stage = await prepare(world)
            with world.processes():
                choice = random.Random(seed)
                usher = Client(world.addresses, ledger, Record(), choice)
                workflow_id = await boot(world, stage, usher)
                await usher.close()
                observer = Observer(world.postgres.app_dsn(), world.objects, world.outside)
                dealer = Dealer(stage.operator, stage.owners, stage.org_ids, choice, ledger)
                deployed = Deployed(stage.operator, workflow_id)
                writers = Writers(world.addresses, ledger, dealer, deployed, seed, control=plan.control)
                chaos = Chaos(world, seed, INTERVAL_SECONDS)
                began = time.monotonic()
                writers.start()
                chaos.start()
                await asyncio.sleep(plan.seconds)
                while time.monotonic() - began < plan.seconds * STRETCH:
                    if plan.is_enough(len(writers.record.acknowledged), chaos.faults.total(), writers.record.paid):
                        break
                    await asyncio.sleep(0.5)
                seconds = time.monotonic() - began
                await asyncio.to_thread(chaos.stop)
                if plan.control is Control.SPOILED:
                    world.end_one()
                await writers.finish(PATIENCE_SECONDS)
                drained = await drain(observer)
                account = ledger.read()
                inside, blind = await observer.inside(account), []
                if plan.control is Control.SPOILED:
                    vandal = Vandal(world, inside)
                    vandal.spoil()
                    inside = await observer.inside(account)
                    blind = is_seen(judge(account, inside).faults, vandal.expected)
                    vandal.leave_unheard()
                    drained = await drain(observer, UNHEARD_SECONDS)
                await observer.close()
        return Outcome(
            verdict=judge(account, inside),
            faults=dict(chaos.faults),
            deaths=dict(world.deaths),
            record=writers.record,
            drained_seconds=drained,
            seconds=seconds,
            blind=blind,
        )
    finally:
        sink.stop()


def report(outcome: Outcome, title: str) -> None:
    """Print the figures."""
    verdict, record = outcome.verdict, outcome.record
    print(f"\n{title}: {outcome.seconds:.0f} s, {len(PROCESSES)} processes")
    lines = {
        "faults": f"{sum(outcome.faults.values())}: "
        + ", ".join(f"{name} {count}" for name, count in sorted(outcome.faults.items())),
        "acknowledged": f"{verdict.acknowledged}, of them paid {verdict.paid}",
        "rolled back, or never begun": f"{verdict.rolled_back}",
        "left undecided by the client": f"{verdict.indeterminate}",
        "mails": f"{verdict.mails}, raw duplicates {verdict.raw_duplicates} (same message id)",
        "drained": "never" if outcome.drained_seconds is None else f"after {outcome.drained_seconds:.1f} s",
        "answers": ", ".join(f"{answer} × {count}" for answer, count in sorted(record.answers.items(), key=str)),
        "died by themselves": ", ".join(f"{name} {count}" for name, count in outcome.deaths.items()) or "0",
        "unexpected answers": f"{len(record.surprises)}",
    }
    for name, keys in verdict.faults.items():
        lines[name] = f"{len(keys)}" + (f"   e.g. {', '.join(keys[:3])}" if keys else "")
    for name, value in lines.items():
        print(f"  {name:<30}{value}")
    for surprise in record.surprises[:5]:
        print(f"  unexpected answer: {surprise}")
    sys.stdout.flush()


def one(plan: Plan, seed: int, *, keep: bool) -> Outcome:
    """Do one run in a folder of its own and print it; the folder stays when something is to be looked at."""
    base = Path(tempfile.mkdtemp(prefix="capecontrol-faults-"))
    base.chmod(0o711)  # the account that runs PostgreSQL passes through
    outcome = asyncio.run(perform(base, plan, seed))
    report(outcome, plan.title)
    if keep or not (outcome.is_clean or plan.control):
        print(f"  the ledger and the logs are in {base}")
    else:
        shutil.rmtree(base, ignore_errors=True)
    return outcome


def complaints_about_run(outcome: Outcome, plan: Plan) -> list[str]:
    """Return what speaks against the run."""
    found = [] if outcome.is_clean else ["the run is not clean"]
    verdict = outcome.verdict
    if not plan.is_enough(verdict.acknowledged, sum(outcome.faults.values()), verdict.paid):
        found.append("the run wrote or hurt too little to mean anything")
    return found


def complaints_about_control(outcome: Outcome, control: Control) -> list[str]:
    """Return which verdicts did not notice what a control did wrong."""
    if control is Control.HASTY:
        blind = [kind for kind in ("lost", "ghost") if not outcome.verdict.faults[kind]]
    else:
        blind = list(outcome.blind)
        blind += ["unexpected answers"] if not outcome.record.surprises else []
        blind += ["died by themselves"] if not outcome.deaths else []
        blind += ["drained"] if outcome.drained_seconds is not None else []
    return [f"the {control} control is green in: {', '.join(blind)}"] if blind else []


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, and judge the judge."""
    parser = argparse.ArgumentParser(description="Hurt every part while it works and count what was lost.")
    parser.add_argument("--seconds", type=float, default=150.0, help="of the run")
    parser.add_argument("--control-seconds", type=float, default=20.0, help="of each negative control")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--only", choices=("run", *Control))
    parser.add_argument("--keep", action="store_true", help="keep the ledger and the logs")
    given = parser.parse_args(arguments)
    forks.set_forkserver_preload(PRELOADED)
    print(f"seed {given.seed}", flush=True)
    failures: list[str] = []
    if given.only in (None, "run"):
        share = given.seconds / 150
        plan = Plan("faults", given.seconds, math.ceil(ACKNOWLEDGED * share), math.ceil(FAULTS * share), 40)
        failures += complaints_about_run(one(plan, given.seed, keep=given.keep), plan)
    titles = {
        Control.HASTY: "control: answers before the commit, mails directly",
        Control.SPOILED: "control: spoiled once for each verdict",
    }
    for control, title in titles.items():
        if given.only in (None, control):
            # The vandal needs paid invoices.
            paid = 10 if control is Control.SPOILED else 0
            plan = Plan(title, given.control_seconds, 100, 8, paid, control)
            failures += complaints_about_control(one(plan, given.seed, keep=given.keep), control)
    well = "Clean, and every verdict of the controls is red." if given.only is None else "As it should be."
    print("\n" + ("; ".join(failures).capitalize() + "." if failures else well))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
