"""A working day's traffic on a large installation: `make bench-load`. See the README beside this file."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import psutil

from bench.load.checkout import HERE, Checkout
from bench.load.connection import Connections, Request
from bench.load.large import Installation, default_home, opened
from bench.load.open_loop import Figures, OpenLoop
from bench.load.people import Crowd, admit
from bench.load.processes import own_cpu_seconds, processes
from bench.load.round_trips import LOOPBACK, RoundTrips
from bench.load.servers import Product, cores
from bench.load.statements import Statements, sampled
from bench.load.traffic import Traffic
from capecontrol.local.port import free_port

SEED = 20261121
SIGN_INS_PER_SECOND = 0.5
BARE_SECONDS = 10.0
WARM_UP_SECONDS = 30.0
STEP_SECONDS = 8.0
#: The bare app's p95 beyond which the machine was too busy for the run to mean anything.
BARE_P95_MS = 5.0
#: What is wanted of the product's p95: at most so much, or so many times the bare app's.
P95_MS, P95_RATIO = 25.0, 5.0
PASSED = "passed"
#: What the search keeps to.
SEARCH_P95_MS = 200.0
COUNTED_REQUESTS = 150
#: How long a transaction that only read may take to end once it is answered, until its round trips are counted.
BEHIND_SECONDS = 0.02
#: How many requests of a kind prepare its statements: those of the caller, and the one with the values it was sent.
PREPARING = 2
RESULTS = HERE / "bench" / "results.md"


@dataclass
class Report:
    """What a run found."""

    per_minute: int
    bare: Figures = field(default_factory=Figures)
    product: Figures = field(default_factory=Figures)
    sign_ins: Figures = field(default_factory=Figures)
    statements: Statements = field(default_factory=Statements)
    cpu: dict[str, float] = field(default_factory=dict)
    round_trips: dict[str, list[int]] = field(default_factory=dict)
    highest_per_minute: int | None = None

    @property
    def is_void(self) -> bool:
        """Tell whether the machine was too busy."""
        # Without an answer there is no p95, and nothing compares with it.
        return bool(self.bare.errors) or not self.bare.milliseconds(0.95) <= BARE_P95_MS

    @property
    def errors(self) -> int:
        """How many requests failed, sign-ins included."""
        return sum(self.product.errors.values()) + sum(self.sign_ins.errors.values())

    @property
    def verdict(self) -> str:
        """Tell whether the product did what is wanted, or why not."""
        if self.is_void:
            return "void: the bare app failed or took longer than it may, so the machine was too busy"
        if self.errors:
            return f"failed: {self.errors} errors"
        p95, wanted = self.product.milliseconds(0.95), max(P95_MS, P95_RATIO * self.bare.milliseconds(0.95))
        if not p95 <= wanted:
            return f"failed: a p95 of {p95:.1f} ms, where at most {wanted:.1f} ms are wanted"
        return PASSED

    def text(self) -> str:
        """Return the report in Markdown."""
        product, bare = self.product, self.bare
        answered = len(product.all)
        # Of each kind as often as it came.
        trips = [median(counts) for counts in self.round_trips.values() for _ in counts]
        busiest = sorted(product.latencies, key=lambda name: -product.milliseconds(0.95, name))
        lines = [
            f"{answered:,} answers in {product.seconds:.0f} s at {self.per_minute:,} requests/min, "
            f"{self.errors} errors; {self.verdict}",
            "",
            "| | p50 ms | p95 ms | p99 ms |",
            "| --- | ---: | ---: | ---: |",
            f"| bare app, same rate | {_three(bare)} |",
            f"| product | {_three(product)} |",
            f"| p95, times the bare app's | | {product.milliseconds(0.95) / bare.milliseconds(0.95):.1f} | |",
            f"| sign-ins ({len(self.sign_ins.all)}) | {_three(self.sign_ins)} |",
            "",
            f"statements: p99 {self.statements.p99('execute', 'statement'):.2f} ms executing, "
            f"{self.statements.p99('bind', 'parse'):.2f} ms planning ({self.statements.count:,} sampled); "
            f"round trips per request {sum(trips) / max(1, len(trips)):.1f}",
            "",
            "cores in use: " + ", ".join(f"{part} {used:.2f}" for part, used in self.cpu.items()),
        ]
        if self.highest_per_minute is not None:
            lines += ["", f"highest rate with p95 < {SEARCH_P95_MS:.0f} ms: {self.highest_per_minute:,} requests/min"]
        lines += [
            "",
            "| route | n | p50 ms | p95 ms | p99 ms | round trips |",
            "| --- | ---: | ---: | ---: | ---: | ---: |",
        ]
        for name in busiest:
            found = self.round_trips.get(name)
            # Once a second a process asks for itself whether the business was edited, beside some of them.
            counted = f"{median(found):g}" if found else ""
            lines.append(f"| {name} | {len(product.latencies[name])} | {_three(product, name)} | {counted} |")
        if product.errors or self.sign_ins.errors:
            lines += [
                "",
                "errors:",
                *(f"- {n} × {what}" for what, n in (product.errors + self.sign_ins.errors).most_common(10)),
            ]
        if self.statements.slow:
            lines += ["", "statements of 100 ms and more:"]
            lines += [f"- {n} × `{words}`" for words, n in self.statements.slow.most_common(10)]
        return "\n".join(lines)


def _three(figures: Figures, name: str | None = None) -> str:
    return " | ".join(f"{figures.milliseconds(share, name):.1f}" for share in (0.5, 0.95, 0.99))


async def measure(
    product: Product, addresses: Sequence[tuple[str, int]], report: Report, given: argparse.Namespace
) -> None:
    """Warm up, ask the bare app, ask the product, search for the highest rate."""
    servers = [Connections(*address) for address in addresses]
    crowd = await admit(product.installation, servers[0], given.sessions)
    traffic = Traffic(crowd, SEED)
    per_second = given.rate / 60
    report.bare = await ask_bare(product, per_second)
    await count_round_trips(product, crowd, report)
    await OpenLoop(servers, traffic.draw, SEED).run(per_second, WARM_UP_SECONDS)
    me = psutil.Process()
    with sampled(product.installation.postgres, product.installation.home) as report.statements:
        before, own, began = product.cpu_seconds(), own_cpu_seconds(me), time.perf_counter()
        report.product, report.sign_ins = await asyncio.gather(
            OpenLoop(servers, traffic.draw, SEED + 1).run(per_second, given.seconds),
            OpenLoop(servers, traffic.sign_in, SEED + 2).run(SIGN_INS_PER_SECOND, given.seconds),
        )
        passed = time.perf_counter() - began
        report.cpu = {part: (after - before[part]) / passed for part, after in product.cpu_seconds().items()}
        report.cpu["generator"] = (own_cpu_seconds(me) - own) / passed
    if given.search:
        report.highest_per_minute = await search(servers, traffic, given.rate)
    for server in servers:
        server.close()


async def ask_bare(product: Product, per_second: float) -> Figures:
    """Ask the bare app at the same rate, on the same PostgreSQL."""
    port = free_port()
    database_url = product.installation.settings["DATABASE_URL"].replace("+asyncpg", "")
    bare = product.started.start(
        "bare",
        product.checkout.bare(port),
        folder=product.installation.home,
        environment={"PATH": product.installation.settings["PATH"], "BARE_DATABASE_URL": database_url},
    )
    bare.wait_for(f"http://{LOOPBACK}:{port}/")
    server = Connections(LOOPBACK, port)
    loop = OpenLoop([server], lambda: (Request("bare app", "GET", "/"), None), SEED)
    await loop.run(per_second, 2)
    figures = await loop.run(per_second, BARE_SECONDS)
    server.close()
    await asyncio.to_thread(bare.stop)
    return figures


async def count_round_trips(product: Product, crowd: Crowd, report: Report) -> None:
    """Send some of the traffic one by one through a server of its own whose connections are counted."""
    postgres = product.installation.postgres
    with RoundTrips.counted(postgres.port) as relay:
        relayed = product.installation.settings["DATABASE_URL"].replace(f":{postgres.port}/", f":{relay.port}/")
        address = await asyncio.to_thread(product.serve, "api-counted", {"DATABASE_URL": relayed, "API_PROCESSES": "1"})
        counted = product.parts["api"].pop()
        server, traffic = Connections(*address), Traffic(crowd, SEED + 3)
        found: defaultdict[str, list[int]] = defaultdict(list)
        asked: Counter[str] = Counter()
        for number in range(2 * COUNTED_REQUESTS):
            request, follow = traffic.draw()
            before = relay.count
            answer = await server.ask(request)
            # What only read is ended behind its answer.
            await asyncio.sleep(BEHIND_SECONDS)
            if follow is not None:
                follow(answer if answer.is_success else None)
            asked[request.name] += 1
            # The first half prepares statements; what is rare is counted once its own are prepared.
            if number >= COUNTED_REQUESTS and asked[request.name] > PREPARING:
                found[request.name].append(relay.count - before)
        server.close()
        report.round_trips = dict(found)
        await asyncio.to_thread(counted.stop)


async def search(servers: Sequence[Connections], traffic: Traffic, start_per_minute: int) -> int:
    """Return the highest rate, to within a tenth, that keeps the p95 below its bound without errors."""

    async def holds(per_minute: float) -> bool:
        figures = await OpenLoop(servers, traffic.draw, SEED + 4).run(per_minute / 60, STEP_SECONDS)
        p95 = figures.milliseconds(0.95)
        is_held = p95 < SEARCH_P95_MS and not figures.errors and not figures.is_cut_short
        print(
            f"  {per_minute:8,.0f} requests/min: p95 {p95:8.1f} ms, {sum(figures.errors.values())} errors", flush=True
        )
        await asyncio.sleep(1)
        return is_held

    low, high = 0.0, float(start_per_minute)
    while await holds(high):
        low, high = high, high * 1.5
    while low == 0.0 or high / low > 1.1:
        middle = (low * high) ** 0.5 if low else high / 1.5
        if await holds(middle):
            low = middle
        else:
            high = middle
        if high < 100:
            return 0
    return round(low)


def run(checkout: Checkout, home: Path, given: argparse.Namespace) -> tuple[Report, Installation]:
    """Start everything on the installation, measure, stop everything."""
    report = Report(given.rate)
    with opened(home, checkout) as installation, processes(home / "logs") as started:
        product = Product(checkout, installation, started)
        addresses = product.start()
        asyncio.run(measure(product, addresses, report, given))
    return report, installation


def main() -> None:
    """Read the arguments, measure, print, and write the results down when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=HERE, help="the checkout to measure (with its .venv)")
    parser.add_argument("--home", type=Path, default=default_home() / "10000", help="a folder that make seed-load made")
    parser.add_argument("--rate", type=int, default=10_000, help="requests a minute")
    parser.add_argument("--seconds", type=float, default=60, help="length of the measurement")
    parser.add_argument("--sessions", type=int, default=1_000)
    parser.add_argument("--search", action="store_true", help="look for the highest rate afterwards")
    parser.add_argument("--record", metavar="TITLE", help="append the report to bench/results.md under this title")
    given = parser.parse_args()
    if not (given.home / "seeded.json").exists():
        sys.exit(f"{given.home} holds no large installation: `make seed-load` makes one.")
    checkout = Checkout(given.root.resolve())
    report, installation = run(checkout, given.home, given)
    shape = json.dumps(installation.shape)
    head = f"commit {checkout.commit()}, {checkout.server_parts()}, {cores()} cores, {given.sessions} sessions, {shape}"
    print(f"{head}\n\n{report.text()}")
    if given.record:
        with RESULTS.open("a") as results:
            results.write(f"\n## {datetime.now(UTC):%Y-%m-%d} {given.record}\n\n{head}\n\n{report.text()}\n")
    sys.exit(0 if report.verdict == PASSED else 1)


if __name__ == "__main__":
    main()
