"""What one request costs, beside the bare app: `make bench-requests`. See the README beside this file."""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx

from bench.load.checkout import HERE, Checkout, fresh_settings
from bench.load.processes import Process, Processes, processes
from bench.load.round_trips import LOOPBACK, RoundTrips
from bench.load.visitor import PASSWORD, Visitor
from bench.load.wrk import requests_per_second, require_wrk
from capecontrol.local.port import free_port
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.postgres_logins import APP_DATABASE as DATABASE
from capecontrol.local.services import embedded_valkey, throwaway_postgres

CONNECTIONS = 16
ROUNDS = 3
PROJECTS = 40
#: How often each address is asked, one after the other, to count its round trips.
COUNTED = 40
STAFF, CLIENT = "operator@bench.test", "owner@bench.test"

Headers = dict[str, str]


@dataclass(frozen=True)
class Target:
    """An address to ask, and as whom."""

    name: str
    address: str
    headers: Mapping[str, str]
    process: Process


@dataclass
class Measured:
    """What was found about a target, and about the bare app that returns the same."""

    round_trips: float
    rates: list[float] = field(default_factory=list)
    bare_rates: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    bare_cpu_ms: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """The median of the rounds: the target's rate by the bare app's, which was asked right before."""
        return statistics.median(rate / bare for rate, bare in zip(self.rates, self.bare_rates, strict=True))


def seed(address: str, postgres: EmbeddedPostgres) -> tuple[Headers, Headers]:
    """Register a client, give them forty projects; return the headers of the client and of the operator."""
    client = Visitor(address)
    registration = {"email": CLIENT, "password": PASSWORD, "organization_name": "Harbour Logistics"}
    org_id = client.post("/api/auth/register", {**registration, "full_name": "Thandi Nkosi"})["org_id"]
    staff = Visitor(address)
    staff.sign_in(STAFF)
    for number in range(PROJECTS):
        staff.post("/api/projects", {"org_id": org_id, "title": f"Lead capture {number}", "description": "As agreed."})
    # Instead of the link in a mail, which only a worker would send.
    verify = "update users set status = 'ACTIVE', email_verified_at = now() where email = :'email';"
    postgres.run_sql(verify, database=DATABASE, email=CLIENT)
    client.sign_in(CLIENT)
    client.patch("/api/onboarding/profile", {"job_title": "Owner", "timezone": "Africa/Johannesburg"})
    for step in ("welcome", "profile", "checklist", "guide"):
        client.post(f"/api/onboarding/steps/{step}/complete", {})
    return client.headers, staff.headers


def targets(address: str, process: Process, client: Headers, staff: Headers) -> list[Target]:
    """List what is asked of the product."""
    lists = f"{address}/api/projects?limit=20"
    return [
        Target("GET /api/auth/me", f"{address}/api/auth/me", client, process),
        Target("GET /api/projects, 20 rows", lists, client, process),
        Target("GET /api/dashboard", f"{address}/api/dashboard", client, process),
        Target("GET /api/projects, 20 rows, staff", lists, staff, process),
        Target("GET /api/dashboard, staff", f"{address}/api/dashboard", staff, process),
    ]


def load(target: Target, seconds: int) -> tuple[float, float]:
    """Return the requests per second of one round, and the milliseconds of processor time that each took."""
    before = target.process.cpu_seconds()
    rate = requests_per_second(target.address, target.headers, connections=CONNECTIONS, seconds=seconds)
    return rate, 1000 * (target.process.cpu_seconds() - before) / (rate * seconds)


def count_round_trips(target: Target, relay: RoundTrips) -> float:
    """Ask one after the other, warm, and return how many round trips one request takes."""
    with httpx.Client(headers=target.headers, timeout=30) as http:
        for _ in range(2):
            http.get(target.address).raise_for_status()
        before = relay.count
        for _ in range(COUNTED):
            http.get(target.address).raise_for_status()
    return (relay.count - before) / COUNTED


@dataclass(frozen=True)
class Stage:
    """A database with an installation's data, and what starts the servers under measurement in front of it."""

    checkout: Checkout
    home: Path
    settings: Mapping[str, str]
    started: Processes

    def serve_product(self, name: str, database_url: str) -> tuple[str, Process]:
        """Start one API process; return its address."""
        port = free_port()
        own = {"PORT": str(port), "DATABASE_URL": database_url, "API_PROCESSES": "1"}
        process = self.started.start(
            name, self.checkout.command("api"), folder=self.checkout.folder, environment={**self.settings, **own}
        )
        address = f"http://{LOOPBACK}:{port}"
        process.wait_for(f"{address}/api/auth/csrf")
        return address, process

    def serve_bare(self, number: int, target: Target) -> Target:
        """Start a bare app that returns what a target answers."""
        port, file = free_port(), self.home / f"bare-{number}.json"
        file.write_text(httpx.get(target.address, headers=dict(target.headers), timeout=30).raise_for_status().text)
        database_url = self.settings["DATABASE_URL"].replace("+asyncpg", "")
        own = {"PATH": self.settings["PATH"], "BARE_DATABASE_URL": database_url, "BARE_ANSWER": str(file)}
        process = self.started.start(f"bare-{number}", self.checkout.bare(port), folder=self.home, environment=own)
        address = f"http://{LOOPBACK}:{port}/"
        process.wait_for(address)
        return Target(f"bare app for {target.name}", address, {}, process)


def count_all(stage: Stage, postgres: EmbeddedPostgres, client: Headers, staff: Headers) -> dict[str, Measured]:
    """Count the round trips of all targets, on a server of its own whose connections are relayed."""
    with RoundTrips.counted(postgres.port) as relay:
        relayed = postgres.app_dsn().replace(f":{postgres.port}/", f":{relay.port}/")
        address, process = stage.serve_product("api-counted", relayed)
        counted = targets(address, process, client, staff)
        found = {target.name: Measured(round_trips=count_round_trips(target, relay)) for target in counted}
        process.stop()
    return found


def measure(checkout: Checkout, home: Path, seconds: int) -> dict[str, Measured]:
    """Measure everything in turns, second by second with its bare app: the machine's mood is the same for both."""
    with throwaway_postgres(home) as postgres, embedded_valkey(home) as valkey, processes(home / "logs") as started:
        settings = fresh_settings(home, database_url=postgres.app_dsn(), redis_url=valkey.url)
        checkout.migrate(postgres.owner_dsn(), settings)
        checkout.perform("staff", "add", STAFF, environment=settings | {"STAFF_PASSWORD": PASSWORD})
        stage = Stage(checkout, home, settings, started)
        address, process = stage.serve_product("api", postgres.app_dsn())
        client, staff = seed(address, postgres)
        found = count_all(stage, postgres, client, staff)
        asked = targets(address, process, client, staff)
        pairs = [(stage.serve_bare(number, target), target) for number, target in enumerate(asked)]
        for target in (one for pair in pairs for one in pair):
            load(target, 1)
        for _ in range(ROUNDS):
            for bare, target in pairs:
                measured = found[target.name]
                slices = [(load(bare, 1), load(target, 1)) for _ in range(seconds)]
                bare_slices, own_slices = zip(*slices, strict=True)
                for rates, cpu_ms, part in (
                    (measured.bare_rates, measured.bare_cpu_ms, bare_slices),
                    (measured.rates, measured.cpu_ms, own_slices),
                ):
                    rates.append(statistics.fmean(rate for rate, _ in part))
                    cpu_ms.append(statistics.fmean(cpu for _, cpu in part))
    return found


def table(found: dict[str, Measured]) -> str:
    """Write the figures as a Markdown table."""
    lines = [
        "| | requests/s | bare app, requests/s | of the bare app | CPU ms | bare app, CPU ms | round trips |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, one in found.items():
        rate, bare_rate, cpu, bare_cpu = map(
            statistics.median, (one.rates, one.bare_rates, one.cpu_ms, one.bare_cpu_ms)
        )
        lines.append(
            f"| {name} | {rate:.0f} | {bare_rate:.0f} | {one.ratio:.3f} | {cpu:.2f} | {bare_cpu:.2f} "
            f"| {one.round_trips:.1f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=HERE, help="the checkout to measure (with its .venv)")
    parser.add_argument("--seconds", type=int, default=4, help="length of one round, of each of the two")
    parser.add_argument("--json", type=Path, help="write the figures here")
    given = parser.parse_args()
    require_wrk()
    checkout = Checkout(given.root.resolve())
    home = Path(tempfile.mkdtemp(prefix="capecontrol-bench-"))
    try:
        found = measure(checkout, home, given.seconds)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(f"commit {checkout.commit()}, {checkout.server_parts()}, one API process, {CONNECTIONS} connections,")
    print(f"median of {ROUNDS} rounds of {given.seconds} s\n\n{table(found)}")
    if given.json is not None:
        figures = {name: {**asdict(one), "ratio": one.ratio} for name, one in found.items()}
        words = {"commit": checkout.commit(), "server": checkout.server_parts(), "targets": figures}
        given.json.write_text(json.dumps(words, indent=2) + "\n")


if __name__ == "__main__":
    main()
