"""Runs `make check` and `make test`; exits 1 when either failed, and ends with `N passed, N failed`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COUNTS = re.compile(r"^(\d+) passed, (\d+) failed$")


def main() -> int:
    """Run both verbs, also the second when the first failed."""
    checked, _ = run("check")
    tested, lines = run("test")
    counts = next((match for line in reversed(lines) if (match := COUNTS.match(line))), None)
    passed, failed = (int(counts[1]), int(counts[2])) if counts else (0, 1)
    if tested != 0 and failed == 0:
        failed = 1
    if checked != 0:
        print("\n`make check` failed; see above.")
        failed += 1
    print(f"\n{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def run(verb: str) -> tuple[int, list[str]]:
    """Run a verb of the Makefile, passing its output on; answers the exit code and the lines."""
    lines = []
    with subprocess.Popen(
        ["make", "--no-print-directory", verb], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line.rstrip())
    return process.returncode, lines


if __name__ == "__main__":
    sys.exit(main())
