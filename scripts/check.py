"""`make check`: every linter, type checker and guard, each with its time; all of them, also after one has failed."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from toolbox import BACKEND, FRONTEND, RESULTS, ROOT, environment, node_tool, python_tool

AT_ONCE = 2
#: Of a description that is stale "generated files" speaks.
LINTED = ("lint", "--config", "docs/api/redocly.yaml", "docs/api/openapi.yaml")
#: What it can't read of the description is a warning; the client is used by the end-to-end tests, this one by nobody.
CLIENT = (
    *("generate", "--path", "docs/api/openapi.yaml", "--config", "docs/api/openapi-python-client.yaml"),
    *("--output-path", str(RESULTS / "python-client"), "--meta", "none", "--overwrite", "--fail-on-warning"),
)
PYTHON_FOLDERS = ("backend", "scripts", "bench")


@dataclass(frozen=True)
class Check:
    """One command that must succeed."""

    name: str
    command: list[str]
    folder: Path


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    name: str
    is_passed: bool
    seconds: float
    output: str


def _packages_of_benches() -> list[str]:
    """Return the benches that are packages, as mypy is told them."""
    return [word for name in ("load", "rotation", "storm") for word in ("-p", f"bench.{name}")]


def checks() -> list[Check]:
    """List the checks, the slow ones first."""
    config = str(BACKEND / "pyproject.toml")
    back_end = [
        Check("mypy --strict", python_tool("mypy"), BACKEND),
        Check("mypy --strict scripts", python_tool("mypy", "--config-file", config, "."), ROOT / "scripts"),
        Check("mypy --strict bench", python_tool("mypy", "--config-file", config, "."), ROOT / "bench" / "faults"),
        Check("mypy --strict bench/…", python_tool("mypy", "--config-file", config, *_packages_of_benches()), ROOT),
        Check("ruff check", python_tool("ruff", "check", *PYTHON_FOLDERS), ROOT),
        Check("ruff format", python_tool("ruff", "format", "--check", *PYTHON_FOLDERS), ROOT),
        Check("import-linter", python_tool("lint-imports"), BACKEND),
        Check("bandit", python_tool("bandit", "-q", "-c", config, "-r", "src"), BACKEND),
        Check("Python client of the API", python_tool("openapi-python-client", *CLIENT), ROOT),
        Check("silenced findings", [sys.executable, "scripts/check_suppressions.py"], ROOT),
        Check("named tests", [sys.executable, "scripts/check_named_tests.py"], ROOT),
    ]
    front_end = [
        Check("eslint", node_tool("node_modules/eslint/bin/eslint.js", "--max-warnings", "0", "."), FRONTEND),
        Check("API description", node_tool("node_modules/@redocly/cli/bin/cli.js", *LINTED), ROOT),
        Check("tsc", node_tool("node_modules/typescript/bin/tsc", "--noEmit"), FRONTEND),
    ]
    return front_end + back_end


def generated() -> Check:
    """Make the check that compares generated files; it writes them, so it runs when nothing else reads them."""
    return Check("generated files", [sys.executable, "scripts/generate.py", "--check"], ROOT)


def perform(check: Check) -> Outcome:
    """Run one check; print that it begins, since some take minutes, and how it ended."""
    print(f"begins  {check.name}", flush=True)
    started = time.monotonic()
    answer = subprocess.run(
        check.command, cwd=check.folder, env=environment(), capture_output=True, text=True, check=False
    )
    outcome = Outcome(check.name, answer.returncode == 0, time.monotonic() - started, answer.stdout + answer.stderr)
    print(f"{'ok    ' if outcome.is_passed else 'FAILED'}  {outcome.name:<30}{outcome.seconds:6.1f} s", flush=True)
    return outcome


def main() -> int:
    """Run all checks; exits 1 when any failed."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = list(pool.map(perform, checks()))
    outcomes.append(perform(generated()))
    failed = [outcome for outcome in outcomes if not outcome.is_passed]
    for outcome in failed:
        print(f"\n--- {outcome.name}\n{outcome.output.strip()}")
    print(f"\n{len(outcomes) - len(failed)} checks passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
