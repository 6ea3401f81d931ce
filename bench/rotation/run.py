"""Turns each ring twice under load, with two API and two worker processes, and counts who noticed. See the README.

Then the negative control: keys that are used before they were made, and processes that do not read the rings. Fails
unless the run is clean and the control is not.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.rotation.part import TIMES
from bench.rotation.traffic import Traffic
from bench.rotation.world import World, running
from capecontrol.core.rings.ring import RingName

PEOPLE = 200
CLIENTS = 6
TURNS = 2
#: After the grace every process uses the new key; this long everybody lives with it before the next turns.
SETTLED_SECONDS = 1.0
CONTROL_SECONDS = 8.0
WEBHOOKS = 50
DRAIN_SECONDS = 20.0
LOOK_SECONDS = 0.3


@dataclass(frozen=True)
class Outcome:
    """One run with its figures."""

    rows: list[tuple[str, int]]
    details: list[str]
    faults: int
    seconds: float


async def play(home: Path, *, is_control: bool, people: int, seed: int) -> Outcome:
    """Run the platform, keep people busy, turn the keys, and count."""
    began = time.monotonic()
    async with running(home, is_control=is_control) as world, client() as http:
        await world.add_people(people)
        await world.add_webhooks(WEBHOOKS)
        traffic = Traffic(http, world.addresses, world.people, seed)
        await traffic.begin(CLIENTS)
        turned = resealed = 0
        if is_control:
            await world.rotate(*RingName)
            turned = len(RingName)
            await asyncio.sleep(CONTROL_SECONDS)
        else:
            for _ in range(TURNS):
                for ring in RingName:
                    await world.rotate(ring)
                    turned += 1
                    await asyncio.sleep(TIMES.grace.total_seconds() + SETTLED_SECONDS)
                resealed += (await world.reseal()).values
        await traffic.end()
        if not is_control:
            await traffic.look_again(CLIENTS)
            await drained(world)
        return await counted(world, traffic, turned, resealed, time.monotonic() - began)


@asynccontextmanager
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """Open the connections of all people."""
    async with httpx.AsyncClient(timeout=30, trust_env=False) as http:
        yield http


async def drained(world: World) -> None:
    """Wait, within a bound, until no message is on its way."""
    for _ in range(int(DRAIN_SECONDS / LOOK_SECONDS)):
        if not (await world.outbox()).waiting:
            return
        await asyncio.sleep(LOOK_SECONDS)


async def counted(world: World, traffic: Traffic, turned: int, resealed: int, seconds: float) -> Outcome:
    """Put the figures together."""
    told, outbox = traffic.told, await world.outbox()
    undelivered = len(set(told.registered) - world.letters.recipients)
    must_be_none = [
        ("sign-outs", told.sign_outs),
        ("failed passwords", told.failed_passwords),
        ("refused CSRF pairs", told.refused_pairs),
        ("dead letters", outbox.dead),
        ("undelivered mails", undelivered),
        ("values that nothing opens", await world.lost_webhooks()),
        ("other refusals", told.surprises.total()),
    ]
    rows = [
        ("keys turned", turned),
        ("sessions held", len(traffic.sessions)),
        *((f"{what}s" if what != "come again" else what, count) for what, count in sorted(told.answers.items())),
        ("messages tried again", outbox.retried),
        ("values sealed again", resealed),
        ("passwords on a new pepper", await world.moved_passwords()),
        *must_be_none,
    ]
    return Outcome(rows, list(told.surprises), sum(count for _, count in must_be_none), seconds)


def table(title: str, outcome: Outcome) -> str:
    """Write an outcome for a reader."""
    lines = [f"{title}, {outcome.seconds:.0f} s", *(f"  {name:28}{count:>8}" for name, count in outcome.rows)]
    return "\n".join([*lines, *(f"  ! {detail}" for detail in outcome.details)])


def main() -> int:
    """Run both; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--only", choices=("run", "control"))
    given = parser.parse_args()
    failures = []
    for name in ("run", "control"):
        if given.only not in (None, name):
            continue
        is_control = name == "control"
        with tempfile.TemporaryDirectory(prefix="rotation-") as home:
            people = min(given.people, 40) if is_control else given.people
            outcome = asyncio.run(play(Path(home), is_control=is_control, people=people, seed=given.seed))
        print(table("Control: used at once, read by half" if is_control else "Each ring turned twice", outcome))
        if is_control != bool(outcome.faults):
            failures.append("the control is green: the run would not notice" if is_control else "somebody noticed")
    print("; ".join(failures).capitalize() + "." if failures else "As it must be.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
