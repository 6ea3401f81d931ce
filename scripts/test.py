"""`make test`: the back end, the front end, and both together in a browser. The last line counts over all of them."""

from __future__ import annotations

import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from toolbox import BACKEND, FRONTEND, RESULTS, environment, node_tool, python_tool


@dataclass(frozen=True)
class Suite:
    """Tests that one runner runs, leaving a JUnit report."""

    name: str
    command: list[str]
    folder: Path
    report: Path


@dataclass(frozen=True)
class Counts:
    """How many tests ended how."""

    passed: int
    failed: int
    skipped: int


def suites() -> list[Suite]:
    """List the suites in the order in which they run."""
    back_end, front_end, end_to_end = (RESULTS / f"{name}.xml" for name in ("back-end", "front-end", "end-to-end"))
    pytest = python_tool("python", "-m", "pytest", "-q")
    vitest = node_tool("node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=junit")
    return [
        Suite("back end", [*pytest, "-n", "2", "-m", "not e2e", f"--junitxml={back_end}"], BACKEND, back_end),
        Suite("front end", [*vitest, f"--outputFile.junit={front_end}"], FRONTEND, front_end),
        Suite("end to end", [*pytest, "-m", "e2e", f"--junitxml={end_to_end}"], BACKEND, end_to_end),
    ]


def perform(suite: Suite) -> Counts:
    """Run a suite and count; a runner that fails without a failing test, or finds no test, counts as one failure."""
    print(f"\n=== {suite.name}", flush=True)
    suite.report.unlink(missing_ok=True)
    started = time.monotonic()
    code = subprocess.run(suite.command, cwd=suite.folder, env=environment(), check=False).returncode
    counts = read_report(suite.report)
    if code != 0 and counts.failed == 0:
        counts = Counts(counts.passed, 1, counts.skipped)
    seconds = time.monotonic() - started
    print(f"{suite.name}: {counts.passed} passed, {counts.failed} failed, {counts.skipped} skipped ({seconds:.0f} s)")
    return counts


def read_report(path: Path) -> Counts:
    """Count the test cases of a JUnit report that a runner of ours has just written."""
    if not path.exists():
        return Counts(0, 0, 0)
    passed = failed = skipped = 0
    for case in ET.parse(path).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif case.find("skipped") is not None:
            skipped += 1
        else:
            passed += 1
    return Counts(passed, failed, skipped)


def main() -> int:
    """Run every suite; exits 1 when anything failed."""
    RESULTS.mkdir(exist_ok=True)
    counts = [perform(suite) for suite in suites()]
    passed, failed = sum(count.passed for count in counts), sum(count.failed for count in counts)
    print(f"\n{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
