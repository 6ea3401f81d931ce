"""A storm of sign-ins from one address, and whether others notice: `make bench-storm`. See the README here."""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bench.load.checkout import HERE, Checkout, fresh_settings
from bench.load.processes import processes
from bench.load.round_trips import LOOPBACK
from bench.load.visitor import PASSWORD
from capecontrol.local.port import free_port
from capecontrol.local.services import embedded_valkey, throwaway_postgres

STORM, OTHERS = "127.0.0.2", ("127.0.0.1", "127.0.0.3")
#: What one address may ask for, and what it asks for.
LIMIT, BEYOND = 5.0, 20.0
#: Sign-ins of each other address, and other requests, a second.
SIGN_INS, READS = 0.25, 20.0
PEOPLE = 6


@dataclass
class Answers:
    """What was answered, and how fast."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    @property
    def all_succeed(self) -> bool:
        """Tell whether there were any, and no other than good ones."""
        return bool(self.statuses) and set(self.statuses) == {200}

    def row(self, name: str) -> str:
        """Write a row of the table."""
        told = ", ".join(f"{count} × {status}" for status, count in sorted(self.statuses.items()))
        cuts = statistics.quantiles(self.seconds, n=20) if len(self.seconds) > 1 else [0.0] * 19
        return f"| {name} | {told} | {1000 * cuts[9]:.0f} | {1000 * cuts[18]:.0f} |"


@dataclass
class Outcome:
    """What one round found."""

    storm: Answers = field(default_factory=Answers)
    others: Answers = field(default_factory=Answers)
    reads: Answers = field(default_factory=Answers)


class Crowd:
    """Everybody who asks the API at once, each from an address of their own."""

    def __init__(self, address: str, seconds: float) -> None:
        """Take where the API is, and how long a round lasts."""
        self._address = address
        self._seconds = seconds

    async def ask(self, storm_rate: float) -> Outcome:
        """Let all ask, and return what they were told."""
        found = Outcome()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._sign_in_at(STORM, storm_rate, found.storm, known=False))
            for source in OTHERS:
                group.create_task(self._sign_in_at(source, SIGN_INS, found.others, known=True))
            group.create_task(self._read(found.reads))
        return found

    async def _sign_in_at(self, source: str, rate: float, answers: Answers, *, known: bool) -> None:
        """Sign in at a rate, in an open loop: nobody waits for an answer before the next one asks."""
        async with self._client(source) as client:
            csrf = (await client.get("/api/auth/csrf")).raise_for_status().json()["csrf_token"]
            headers = {"X-CSRF-Token": csrf, "Cookie": f"csrftoken={csrf}"}
            number = 0

            async def sign_in() -> None:
                nonlocal number
                number += 1
                email = person(number % PEOPLE) if known else f"nobody-{number}@storm.test"
                body = {"email": email, "password": PASSWORD}
                await self._ask(client, "POST", "/api/auth/login", answers, json=body, headers=headers)

            await self._at(rate, sign_in)

    async def _read(self, answers: Answers) -> None:
        """Ask for what signing in has nothing to do with."""
        async with self._client(OTHERS[0]) as client:
            csrf = (await client.get("/api/auth/csrf")).raise_for_status().json()["csrf_token"]
            headers = {"X-CSRF-Token": csrf, "Cookie": f"csrftoken={csrf}"}
            body = {"email": person(0), "password": PASSWORD}
            token = (await client.post("/api/auth/login", json=body, headers=headers)).json()["access_token"]

            async def read() -> None:
                await self._ask(client, "GET", "/api/auth/me", answers, headers={"Authorization": f"Bearer {token}"})

            await self._at(READS, read)

    async def _at(self, rate: float, act: Callable[[], Coroutine[None, None, None]]) -> None:
        """Act at the times of a Poisson process, and wait for the last answer."""
        dice, ends = random.Random(rate), time.monotonic() + self._seconds
        async with asyncio.TaskGroup() as group:
            while rate and time.monotonic() < ends:
                await asyncio.sleep(dice.expovariate(rate))
                group.create_task(act())

    @staticmethod
    async def _ask(client: httpx.AsyncClient, method: str, path: str, answers: Answers, **options: Any) -> None:
        began = time.monotonic()
        answer = await client.request(method, path, **options)
        answers.statuses[answer.status_code] += 1
        if answer.is_success:
            answers.seconds.append(time.monotonic() - began)

    def _client(self, source: str) -> httpx.AsyncClient:
        transport = httpx.AsyncHTTPTransport(local_address=source, limits=httpx.Limits(max_connections=None))
        return httpx.AsyncClient(transport=transport, base_url=self._address, timeout=60)


def person(number: int) -> str:
    """Return the address of one who has an account."""
    return f"operator-{number}@bench.test"


def show(name: str, found: Outcome) -> None:
    """Print what a round found."""
    print(f"\n{name}\n\n| | answers | p50 ms | p95 ms |\n| --- | --- | ---: | ---: |")
    print(found.storm.row(f"sign-ins from {STORM}"))
    print(found.others.row(f"sign-ins from {' and '.join(OTHERS)}"))
    print(found.reads.row("GET /api/auth/me"))


def storm(home: Path, command: list[str], seconds: float, rates: list[float]) -> list[Outcome]:
    """Start an API and let storms of several strengths go over it."""
    checkout = Checkout(HERE)
    with throwaway_postgres(home) as postgres, embedded_valkey(home) as valkey, processes(home / "logs") as started:
        settings = fresh_settings(home, database_url=postgres.app_dsn(), redis_url=valkey.url)
        settings |= {"RATE_LIMITS": "true", "BCRYPT_ROUNDS": "12", "STAFF_PASSWORD": PASSWORD, "API_PROCESSES": "1"}
        settings["PYTHONPATH"] = str(HERE)
        checkout.migrate(postgres.owner_dsn(), settings)
        for number in range(PEOPLE):
            checkout.perform("staff", "add", person(number), environment=settings)
        port = free_port()
        api = started.start("api", command, folder=checkout.folder, environment=settings | {"PORT": str(port)})
        address = f"http://{LOOPBACK}:{port}"
        api.wait_for(f"{address}/api/auth/csrf")
        crowd = Crowd(address, seconds)
        return [asyncio.run(crowd.ask(rate)) for rate in rates]


def in_a_home(command: list[str], seconds: float, rates: list[float]) -> list[Outcome]:
    """Do that in a folder that is removed."""
    home = Path(tempfile.mkdtemp(prefix="capecontrol-storm-"))
    try:
        return storm(home, command, seconds, rates)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main() -> int:
    """Read the arguments, measure the product and its control, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20, help="length of one round")
    given = parser.parse_args()
    python = Checkout(HERE).python
    product = in_a_home([python, "-m", "capecontrol", "api"], given.seconds, [0.0, LIMIT, BEYOND])
    for name, found in zip(("no storm", "a storm at the limit", "a storm beyond the limit"), product, strict=True):
        show(f"{name}", found)
    [control] = in_a_home([python, "-m", "bench.storm.plain_queue", "api"], given.seconds, [BEYOND])
    show("the control, one plain queue: a storm beyond the limit", control)
    held = all(found.others.all_succeed and found.reads.all_succeed for found in product)
    print(f"\nothers sign in during a storm: {'yes, all' if held else 'NO'}")
    print(f"the control is found out: {'NO' if control.others.all_succeed else 'yes'}")
    return 0 if held and not control.others.all_succeed else 1


if __name__ == "__main__":
    sys.exit(main())
