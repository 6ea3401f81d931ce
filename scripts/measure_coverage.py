"""`make coverage`: how much of both sides their tests run, beside the floors. Exits 1 below one of them.

With paths below backend/ it runs these tests alone, and gives no verdict.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from toolbox import BACKEND, FRONTEND, RESULTS, ROOT, environment, node_tool, python_tool

FOLDER = RESULTS / "coverage"
BACK_END_LINES = 90.0
FRONT_END_LINES = 80.0
SOURCE = "src/capecontrol/"
#: What `plugins` in backend/pyproject.toml names. It is read before a process has looked for modules anywhere else.
PLUGIN = ROOT / "scripts" / "coverage_plugin"
#: Where a branch that no test takes could let somebody in, miscount money, or show another's data: all of them.
CRITICAL = {
    "sign-in and access": (
        "core/credentials.py", "core/passwords.py", "core/http/access.py", "core/http/credentials.py",
        "core/http/csrf.py", "core/http/gate.py", "core/http/principal.py", "features/identity/authenticator.py",
        "features/identity/passwords.py", "features/identity/password_guess.py", "features/identity/token_family.py",
        "features/identity/tokens.py", "features/identity/verification.py", "features/identity/actions/*.py",
    ),
    "money": (
        "core/money.py", "core/sales_tax.py", "core/line_items/*.py", "features/billing/lifecycle.py",
        "features/billing/actions/*.py", "features/proposals/lifecycle.py",
    ),
    "isolation": (
        "core/dao.py", "core/scoped_read.py", "core/scoped_statement.py", "core/scoped_write.py", "core/db/scope.py",
        "core/http/lookup.py",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """What a part has, beside its floor."""

    part: str
    percent: float
    floor: float
    missing: tuple[str, ...] = ()

    @property
    def is_reached(self) -> bool:
        """Tell whether the floor holds."""
        return self.percent >= self.floor

    def line(self) -> str:
        """Write it as a row."""
        verdict = "ok    " if self.is_reached else "FAILED"
        return f"{verdict}  {self.part:<44}{self.percent:6.1f} %   floor {self.floor:.0f} %"


def figures_of_back_end(report: dict[str, Any]) -> Iterator[Figure]:
    """Yield the lines of all, then the branches of what is critical, from coverage's JSON."""
    totals = report["totals"]
    yield Figure("back end, lines", _percent(totals["covered_lines"], totals["num_statements"]), BACK_END_LINES)
    files: dict[str, dict[str, Any]] = {
        name.removeprefix(SOURCE): file for name, file in report["files"].items() if name.startswith(SOURCE)
    }
    for part, patterns in CRITICAL.items():
        chosen = {name: file for name, file in files.items() if any(fnmatch(name, one) for one in patterns)}
        covered = sum(file["summary"]["covered_branches"] for file in chosen.values())
        branches = sum(file["summary"]["num_branches"] for file in chosen.values())
        missing = tuple(
            f"{name}:{start} → {end if end > 0 else 'its end'}"
            for name, file in sorted(chosen.items())
            for start, end in file["missing_branches"]
        )
        yield Figure(f"{part}, branches ({len(chosen)} files)", _percent(covered, branches), 100.0, missing)


def figure_of_front_end(summary: dict[str, Any]) -> Figure:
    """Return the lines of the front end, from the summary of vitest."""
    return Figure("front end, lines", float(summary["total"]["lines"]["pct"]), FRONT_END_LINES)


def _percent(covered: int, of: int) -> float:
    return 100.0 * covered / of if of else 100.0


def measure_back_end(tests: Sequence[str]) -> dict[str, Any] | None:
    """Run the tests with coverage, in all their processes; None when one of them failed."""
    for old in FOLDER.glob(".coverage*"):
        old.unlink()
    env = {**environment(), "COVERAGE_FILE": str(FOLDER / ".coverage"), "PYTHONPATH": str(PLUGIN)}
    pytest = ["run", "-m", "pytest", "-q", "-n", "2", "-m", "not e2e", *tests]
    passed = subprocess.run(python_tool("coverage", *pytest), cwd=BACKEND, env=env, check=False).returncode == 0
    target = FOLDER / "back-end.json"
    for step in (["combine", "-q"], ["json", "-q", "-o", str(target)]):
        subprocess.run(python_tool("coverage", *step), cwd=BACKEND, env=env, check=True)
    report: dict[str, Any] = json.loads(target.read_text())
    return report if passed else None


def measure_front_end() -> dict[str, Any] | None:
    """Run the front end's tests with coverage; None when one of them failed."""
    folder = FOLDER / "front-end"
    options = ["--coverage.enabled", "--coverage.reporter=json-summary", f"--coverage.reportsDirectory={folder}"]
    vitest = node_tool("node_modules/vitest/vitest.mjs", "run", "--reporter=dot", *options)
    if subprocess.run(vitest, cwd=FRONTEND, env=environment(), check=False).returncode != 0:
        return None
    summary: dict[str, Any] = json.loads((folder / "coverage-summary.json").read_text())
    return summary


def main(tests: Sequence[str]) -> int:
    """Measure both sides, or some tests of the back end, and print what there is."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    back_end = measure_back_end(tests)
    figures = list(figures_of_back_end(back_end)) if back_end else []
    has_failed = back_end is None
    if not tests:
        front_end = measure_front_end()
        figures += [figure_of_front_end(front_end)] if front_end else []
        has_failed = has_failed or front_end is None
    print()
    for figure in figures:
        print(figure.line())
        for place in figure.missing:
            print(f"          never taken: {place}")
    if has_failed:
        print("\nA test failed: no verdict.")
        return 1
    if tests:
        print("\nSome tests only: no verdict.")
        return 0
    return 0 if all(figure.is_reached for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
