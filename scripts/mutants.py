"""`make mutants`: breaks the product in one place at a time, and sees that the named test notices.

The mutants and their README are in bench/mutants.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from named_tests import named_in
from toolbox import ROOT, environment, node_tool

PATCHES = ROOT / "bench" / "mutants" / "patches"
#: Copied for the mutants, so that nobody's checkout is ever broken. The front end's packages are linked.
COPIED = ("backend", "frontend", "docs", "scripts", "deploy", "Makefile", "README.md", "SECURITY.md", "ARCHITECTURE.md")
LEFT_OUT = ("node_modules", ".venv", "__pycache__", "dist", "test-results", ".pytest_cache", ".mypy_cache")
DEADLINE_SECONDS = 600
#: Vitest takes a pattern for the title.
_SPECIAL = re.compile(r"[.*+?^${}()|\[\]\\/]")


@dataclass(frozen=True)
class Mutant:
    """A patch, and the test that must fail with it."""

    name: str
    patch: Path
    test: str

    @classmethod
    def read(cls, patch: Path) -> Mutant:
        """Read a patch; its words name the test."""
        return cls(patch.stem, patch, named_in(patch.read_text())[0])


@dataclass(frozen=True)
class Trial:
    """What the test said of the mutant, or of the whole product."""

    is_red: bool
    seconds: float
    output: str


class Laboratory:
    """A copy of the sources, broken and mended."""

    def __init__(self, folder: Path) -> None:
        """Copy."""
        self._root = folder
        ignored = shutil.ignore_patterns(*LEFT_OUT)
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, folder / name, ignore=ignored, symlinks=True)
            else:
                shutil.copy2(ROOT / name, folder / name)
        (folder / "frontend" / "node_modules").symlink_to(ROOT / "frontend" / "node_modules")

    def fits(self, mutant: Mutant) -> bool:
        """Tell whether the code still has what a mutant changes."""
        command = ["git", "apply", "--check", str(mutant.patch)]
        return subprocess.run(command, cwd=self._root, capture_output=True, check=False).returncode == 0

    def apply(self, mutant: Mutant, *, reverse: bool = False) -> None:
        """Break it, or mend it again."""
        git = ["git", "apply", *(["--reverse"] if reverse else []), str(mutant.patch)]
        subprocess.run(git, cwd=self._root, check=True)

    def try_out(self, test: str) -> Trial:
        """Run a test here."""
        began = time.monotonic()
        place, _, title = test.partition("::")
        if place.startswith("frontend/"):
            options = [
                "run",
                "--no-file-parallelism",
                place.removeprefix("frontend/"),
                "-t",
                _SPECIAL.sub(r"\\\g<0>", title),
            ]
            command = node_tool("node_modules/vitest/vitest.mjs", *options)
            folder = self._root / "frontend"
        else:
            command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly", test]
            folder = self._root / "backend"
        sources = os.pathsep.join(str(self._root / part) for part in ("backend/src", "."))
        answer = subprocess.run(
            command,
            cwd=folder,
            env=environment() | {"PYTHONPATH": sources, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=DEADLINE_SECONDS,
            check=False,
        )
        # 1: a test failed. Anything else is a mistake of the trial: no such test, nothing collected.
        if answer.returncode not in (0, 1):
            raise RuntimeError(f"{test} could not be run:\n{answer.stdout[-2000:]}{answer.stderr[-2000:]}")
        return Trial(answer.returncode == 1, time.monotonic() - began, answer.stdout + answer.stderr)


def main() -> int:
    """Try every mutant; exits 1 when one survives, or when its test fails without it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="parts of names; all when left out")
    given = parser.parse_args()
    mutants = [Mutant.read(patch) for patch in sorted(PATCHES.glob("*.patch"))]
    chosen = [one for one in mutants if not given.names or any(name in one.name for name in given.names)]
    if not chosen:
        print(f"No mutant's name contains {' or '.join(given.names)}.", file=sys.stderr)
        return 2
    survivors, broken = [], []
    with tempfile.TemporaryDirectory(prefix="capecontrol-mutants-") as folder:
        laboratory = Laboratory(Path(folder))
        whole: dict[str, bool] = {}
        for mutant in chosen:
            if not laboratory.fits(mutant):
                broken.append(mutant.name)
                print(f"BROKEN    {mutant.name}: the patch no longer fits the code", flush=True)
                continue
            if mutant.test not in whole:
                whole[mutant.test] = not laboratory.try_out(mutant.test).is_red
            if not whole[mutant.test]:
                broken.append(mutant.name)
                print(f"BROKEN    {mutant.name}: {mutant.test} fails without it", flush=True)
                continue
            laboratory.apply(mutant)
            trial = laboratory.try_out(mutant.test)
            laboratory.apply(mutant, reverse=True)
            word = "killed" if trial.is_red else "SURVIVED"
            print(f"{word:<10}{mutant.name:<50}{trial.seconds:6.1f} s  {mutant.test}", flush=True)
            survivors += [] if trial.is_red else [mutant.name]
    killed = len(chosen) - len(survivors) - len(broken)
    print(f"\n{killed} mutants killed, {len(survivors)} survived, {len(broken)} that prove nothing")
    return 1 if survivors or broken else 0


if __name__ == "__main__":
    sys.exit(main())
