"""Generated requests to every operation: no 5xx, no undocumented answer, and 2xx for each role that may call it.

``make fuzz`` runs this with more requests and prints the counts; here a small part of it runs with a fixed seed.
"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from tests.fuzz.fuzzer import Effort, Fuzzer, Tally
from tests.key_store import KeyStore
from tests.security.callers import Callers
from tests.security.conftest import callers, empty, fake_services, store, world
from tests.security.rows import EVERY_ROW
from tests.security.served import every_operation
from tests.security.world import World

__all__ = ["callers", "empty", "fake_services", "store", "world"]


@pytest.fixture(scope="module")
def fuzzer(app: FastAPI, world: World, callers: Callers, store: KeyStore) -> Fuzzer:
    return Fuzzer(app, world, callers, store, Effort())


@pytest.fixture(scope="module")
def tallies() -> Iterator[dict[str, Tally]]:
    found: dict[str, Tally] = {}
    yield found
    if report := os.environ.get("FUZZ_REPORT"):
        Path(report).write_text(_table(found))


def test_every_described_operation_has_its_statuses(app: FastAPI) -> None:
    described = {name for name, operation in every_operation(app).items() if operation.route.include_in_schema}
    assert {name for name, row in EVERY_ROW.items() if row.fuzz is not None} == described


@pytest.mark.parametrize("name", [name for name, row in EVERY_ROW.items() if row.fuzz is not None])
async def test_generated_requests(name: str, fuzzer: Fuzzer, tallies: dict[str, Tally]) -> None:
    tallies[name] = tally = await fuzzer.run(name)
    assert tally.faults == []
    assert tally.total > 0


def _table(tallies: dict[str, Tally]) -> str:
    lines = [f"{'operation':32}{'sent':>6}  2xx by role, then statuses"]
    for name, tally in tallies.items():
        successes = " ".join(f"{role}:{count}" for role, count in tally.successes.items())
        statuses = " ".join(f"{status}×{count}" for status, count in sorted(tally.statuses.items()))
        lines.append(f"{name:32}{tally.total:>6}  {successes}   {statuses}")
    total = sum(tally.total for tally in tallies.values())
    failures = sum(len(tally.faults) for tally in tallies.values())
    errors: Counter[str] = Counter()
    for name, tally in tallies.items():
        errors.update(name for status, count in tally.statuses.items() if status >= 500 for _ in range(count))
    named = f" ({', '.join(errors)})" if errors else ""
    summary = f"{errors.total()} answers of 5xx{named}, {failures} faults"
    lines.append(f"{len(tallies)} operations, {total} requests, {summary}")
    return "\n".join(lines) + "\n"
