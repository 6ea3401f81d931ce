"""How fast lists are written as CSV, and in how much memory: `make bench-exports`. See the README beside this file."""

from __future__ import annotations

import argparse
import asyncio
import http.client
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import psutil

from bench.load.checkout import HERE, Checkout
from bench.load.large import Installation, default_home, opened
from bench.load.processes import processes
from bench.load.servers import Product
from bench.load.visitor import Visitor
from capecontrol.core.db.scope import SYSTEM_ROLE

LARGE = "10000"
#: Rows a second: of the audit log, and of every other list.
AUDIT_MIN, LIST_MIN = 60_000, 20_000
#: What the process may take while it writes, above what it has before.
MEMORY_MAX_MB = 50.0
#: A list of fewer rows is over before it is measured.
ROWS_MIN = 5_000
LOOKS_A_SECOND = 50
#: The first export of a process loads what all of them need.
WARM_UP = "/api/projects/export.csv?status=DRAFT"
READ_BYTES = 1 << 20
AUDIT = "/api/audit/export.csv"
#: Of everything, as staff; and of the largest organization, as its owner.
FOR_STAFF = (
    AUDIT,
    "/api/projects/export.csv",
    "/api/proposals/export.csv",
    "/api/billing/invoices/export.csv",
    "/api/billing/payments/export.csv",
    "/api/workflows/export.csv",
    "/api/orgs/export.csv",
)
FOR_GIANT = (
    "/api/projects/export.csv",
    "/api/projects/export.csv?sort=title",
    "/api/proposals/export.csv",
    "/api/billing/invoices/export.csv",
    "/api/billing/payments/export.csv",
    "/api/workflows/export.csv",
)


@dataclass
class Memory:
    """What a process holds in memory, in MB: before something, and at most during it."""

    before: float
    peak: float


@dataclass
class Written:
    """One file: how many rows, how long it took, and what that cost in memory."""

    reader: str
    path: str
    rows: int
    megabytes: float
    seconds: float
    #: Processor time of the parts that work for it.
    cpu_seconds: dict[str, float]
    memory: Memory

    @property
    def rows_a_second(self) -> float:
        """How fast it came."""
        return self.rows / self.seconds

    @property
    def rows_a_second_min(self) -> int:
        """How fast it has to come."""
        return AUDIT_MIN if self.path == AUDIT else LIST_MIN

    @property
    def memory_more(self) -> float:
        """How much more memory it took, in MB."""
        return self.memory.peak - self.memory.before

    @property
    def faults(self) -> list[str]:
        """What is wrong with it."""
        slow = self.rows >= ROWS_MIN and self.rows_a_second < self.rows_a_second_min
        large = self.memory_more > MEMORY_MAX_MB
        return ["too slow"] * slow + ["too much memory"] * large


@dataclass
class Figures:
    """What a run measured."""

    written: list[Written] = field(default_factory=list)
    #: Rows a second of a bare ``COPY audit_events TO STDOUT`` on the same server, before and after.
    bare: list[float] = field(default_factory=list)


@contextmanager
def watched(pid: int) -> Iterator[Memory]:
    """Look at a process's memory for the length of the block."""
    process, is_over = psutil.Process(pid), threading.Event()
    memory = Memory(*[process.memory_info().rss / 1e6] * 2)

    def look() -> None:
        while not is_over.wait(1 / LOOKS_A_SECOND):
            memory.peak = max(memory.peak, process.memory_info().rss / 1e6)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield memory
    finally:
        is_over.set()
        thread.join()


def fetch(host: str, port: int, path: str, headers: dict[str, str]) -> tuple[int, int]:
    """Read a file and throw it away; return its rows, the first of which names the columns, and its size.

    No cell that the seed wrote has lines of its own.
    """
    connection = http.client.HTTPConnection(host, port, timeout=600)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    if answer.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{path}: {answer.status} {answer.read()[:500]!r}")
    lines = size = 0
    while piece := answer.read(READ_BYTES):
        lines += piece.count(b"\n")
        size += len(piece)
    connection.close()
    return lines - 1, size


async def bare_copy(url: str) -> float:
    """Return the rows a second of a bare COPY of the audit log through the driver."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))

    async def forget(piece: bytes) -> None:
        del piece

    try:
        async with connection.transaction():
            await connection.execute(f"set local role {SYSTEM_ROLE}")
            began = time.perf_counter()
            answer = await connection.copy_from_query("select * from audit_events", output=forget, format="csv")
            return int(answer.split()[1]) / (time.perf_counter() - began)
    finally:
        await connection.close()


def measure(installation: Installation, checkout: Checkout) -> Figures:
    """Export every list as staff and as the giant's owner."""
    figures = Figures()
    with processes(installation.home / "logs") as started:
        product = Product(checkout, installation, started)
        host, port = product.serve("api", {"API_PROCESSES": "1"})
        (api,) = product.parts["api"]
        figures.bare.append(asyncio.run(bare_copy(installation.postgres.app_dsn())))
        for reader, email, paths in (
            ("staff", "staff-1@load.test", FOR_STAFF),
            ("giant's owner", "user-1-1@load.test", FOR_GIANT),
        ):
            visitor = Visitor(f"http://{host}:{port}")
            visitor.sign_in(email)
            fetch(host, port, WARM_UP, visitor.headers)
            for path in paths:
                with watched(api.pid) as memory:
                    spent, began = product.cpu_seconds(), time.perf_counter()
                    rows, size = fetch(host, port, path, visitor.headers)
                    seconds, spent_now = time.perf_counter() - began, product.cpu_seconds()
                cpu = {part: spent_now[part] - spent[part] for part in ("api", "postgres")}
                figures.written.append(Written(reader, path, rows, size / 1e6, seconds, cpu, memory))
        figures.bare.append(asyncio.run(bare_copy(installation.postgres.app_dsn())))
    return figures


def table(figures: Figures) -> str:
    """Return the figures in Markdown."""
    bare = sum(figures.bare) / len(figures.bare)
    lines = [
        "| reader, list | rows | MB | rows/s | of a bare COPY | CPU µs, API | PostgreSQL | MB before | at most |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in figures.written:
        marks = "".join(f" **{fault}**" for fault in one.faults)
        lines.append(
            f"| {one.reader} {one.path}{marks} | {one.rows:,} | {one.megabytes:.1f} | {one.rows_a_second:,.0f} | "
            f"{one.rows_a_second / bare:.2f} | "
            + " | ".join(f"{seconds / one.rows * 1e6:.1f}" for seconds in one.cpu_seconds.values())
            + f" | {one.memory.before:.0f} | {one.memory.peak:.0f} |"
        )
    told = ", ".join(f"{rate:,.0f}" for rate in figures.bare)
    return "\n".join([*lines, "", f"Bare COPY of the audit log, before and after: {told} rows/s"])


def main() -> None:
    """Measure, and print whether it passed; exits 1 when it did not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=HERE, help="the checkout to measure (with its .venv)")
    parser.add_argument("--home", type=Path, default=default_home(), help="the folder of the installations")
    given = parser.parse_args()
    home, checkout = given.home / LARGE, Checkout(given.root.resolve())
    if not (home / "seeded.json").exists():
        sys.exit(f"{home} is missing: `make seed-load` makes it.")
    with opened(home, checkout) as installation:
        figures = measure(installation, checkout)
    faults = [f"{one.reader} {one.path}: {fault}" for one in figures.written for fault in one.faults]
    print(f"commit {checkout.commit()}\n\n{table(figures)}\n\n{'failed: ' + '; '.join(faults) if faults else 'passed'}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
