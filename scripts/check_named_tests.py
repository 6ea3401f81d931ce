"""Finds tests that a document names and that are not there, and mutants that fit the code no more.

A table that says "this test shows it" is believed, so it must not outlive the test. Exits 1 when it finds any.
"""

from __future__ import annotations

import subprocess
import sys

from named_tests import is_there, named_in
from toolbox import ROOT

#: Where tests are named as evidence.
DOCUMENTS = ("SECURITY.md", "docs/**/*.md", "bench/mutants/patches/*.patch")
PATCHES = "bench/mutants/patches/*.patch"


def main() -> int:
    """Print what is missing, and the counts."""
    missing, count = [], 0
    for path in sorted({path for pattern in DOCUMENTS for path in ROOT.glob(pattern)}):
        names = named_in(path.read_text())
        count += len(names)
        missing += [f"{path.relative_to(ROOT)}: no test {name}" for name in names if not is_there(name)]
        if path.match(PATCHES) and not names:
            missing.append(f"{path.relative_to(ROOT)}: names no test that kills it")
    for patch in sorted(ROOT.glob(PATCHES)):
        command = ["git", "apply", "--check", str(patch)]
        answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if answer.returncode != 0:
            missing.append(f"{patch.relative_to(ROOT)} no longer fits: {answer.stderr.strip()}")
    for finding in missing:
        print(finding)
    print(f"{count} tests named, {len(missing)} findings")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
