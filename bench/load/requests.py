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
BARE_APP = "bare app"
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
    """What was found about a target."""

    round_trips: float
    rates: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.rates)

    @property
    def cpu(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.cpu_ms)


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


def load(target: Target, seconds: float) -> tuple[float, float]:
    """Return the requests per second of one round, and the milliseconds of processor time that each took."""
    before = target.process.cpu_seconds()
    rate = requests_per_second(target.address, target.headers, connections=CONNECTIONS, seconds=seconds)
    return rate, 1000 * (target.process.cpu_seconds() - before) / (rate * max(1, round(seconds)))


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

    def serve_bare(self, name: str, database_url: str) -> Target:
        """Start the bare app."""
        port = free_port()
        plain = {"PATH": self.settings["PATH"], "BARE_DATABASE_URL": database_url.replace("+asyncpg", "")}
        process = self.started.start(name, self.checkout.bare(port), folder=self.home, environment=plain)
        address = f"http://{LOOPBACK}:{port}/"
        process.wait_for(address)
        return Target(BARE_APP, address, {}, process)


def count_all(stage: Stage, postgres: EmbeddedPostgres, client: Headers, staff: Headers) -> dict[str, Measured]:
    """Count the round trips of all targets, on servers of their own whose connections are relayed."""
    with RoundTrips.counted(postgres.port) as relay:
        relayed = postgres.app_dsn().replace(f":{postgres.port}/", f":{relay.port}/")
        address, process = stage.serve_product("api-counted", relayed)
        counted = [stage.serve_bare("bare-counted", relayed), *targets(address, process, client, staff)]
        found = {target.name: Measured(round_trips=count_round_trips(target, relay)) for target in counted}
        for target in {target.process: target for target in counted}.values():
            target.process.stop()
    return found


def measure(checkout: Checkout, home: Path, seconds: float) -> dict[str, Measured]:
    """Measure everything in turns, so that a change of the machine's mood hits all alike."""
    with throwaway_postgres(home) as postgres, embedded_valkey(home) as valkey, processes(home / "logs") as started:
        settings = fresh_settings(home, database_url=postgres.app_dsn(), redis_url=valkey.url)
        checkout.migrate(postgres.owner_dsn(), settings)
        checkout.perform("staff", "add", STAFF, environment=settings | {"STAFF_PASSWORD": PASSWORD})
        stage = Stage(checkout, home, settings, started)
        address, process = stage.serve_product("api", postgres.app_dsn())
        client, staff = seed(address, postgres)
        found = count_all(stage, postgres, client, staff)
        everything = [stage.serve_bare("bare", postgres.app_dsn()), *targets(address, process, client, staff)]
        for target in everything:
            load(target, 1)
        for _ in range(ROUNDS):
            for target in everything:
                rate, cpu_ms = load(target, seconds)
                found[target.name].rates.append(rate)
                found[target.name].cpu_ms.append(cpu_ms)
    return found


def table(found: dict[str, Measured]) -> str:
    """Write the figures as a Markdown table."""
    bare = found[BARE_APP].rate
    lines = [
        "| | requests/s | of the bare app | CPU ms per request | round trips |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, one in found.items():
        lines.append(f"| {name} | {one.rate:.0f} | {one.rate / bare:.3f} | {one.cpu:.2f} | {one.round_trips:.1f} |")
    return "\n".join(lines)


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=HERE, help="the checkout to measure (with its .venv)")
    parser.add_argument("--seconds", type=float, default=3, help="length of one round")
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
    print(f"median of {ROUNDS} rounds of {given.seconds:g} s\n\n{table(found)}")
    if given.json is not None:
        bare = found[BARE_APP].rate
        figures = {
            name: {**asdict(one), "rate": one.rate, "ratio": one.rate / bare, "cpu": one.cpu}
            for name, one in found.items()
        }
        words = {"commit": checkout.commit(), "server": checkout.server_parts(), "targets": figures}
        given.json.write_text(json.dumps(words, indent=2) + "\n")


if __name__ == "__main__":
    main()
