"""Finds findings of the linters that were silenced without the number of a decision record on the line.

A silenced finding is a decision, and decisions are written down under docs/adr/. Exits 1 when it finds any.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUFFIXES = {".py", ".pyi", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".css", ".sh"}
SILENCERS = {
    "noqa": re.compile(r"#\s*(?:ruff:\s*|flake8:\s*)?noqa\b", re.IGNORECASE),
    "type ignore": re.compile(r"#\s*(?:type:\s*ignore|mypy:\s*(?:ignore|disable))", re.IGNORECASE),
    "no cover": re.compile(r"#\s*pragma:\s*no (?:cover|branch)|(?:v8|c8|istanbul) ignore", re.IGNORECASE),
    "nosec": re.compile(r"#\s*nosec\b", re.IGNORECASE),
    "eslint": re.compile(r"eslint-disable"),
    "TypeScript": re.compile(r"@ts-(?:ignore|expect-error|nocheck)"),
}
DECISION = re.compile(r"\bADR-\d{4}\b")
# Written by generators, which silence their own output.
GENERATED = ("frontend/src/api/", "frontend/src/app/route-tree.gen.ts")
THIS_FILE = "scripts/check_suppressions.py"


def main() -> int:
    """Print each silenced finding without a decision, and the counts."""
    undecided, decided = [], 0
    for path in sources():
        for number, line in enumerate((ROOT / path).read_text(errors="replace").splitlines(), start=1):
            names = [name for name, pattern in SILENCERS.items() if pattern.search(line)]
            if not names:
                continue
            if DECISION.search(line):
                decided += 1
            else:
                undecided.append(f"{path}:{number}: {', '.join(names)} without an ADR's number: {line.strip()}")
    for finding in undecided:
        print(finding)
    print(f"{len(undecided)} silenced without a decision, {decided} with one")
    return 1 if undecided else 0


def sources() -> list[str]:
    """List the source files that git knows or would add."""
    git = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(git, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return sorted(
        name
        for name in set(names)
        if Path(name).suffix in SUFFIXES
        and not name.startswith(GENERATED)
        and name != THIS_FILE
        and (ROOT / name).is_file()
    )


if __name__ == "__main__":
    sys.exit(main())
