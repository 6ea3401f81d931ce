"""The Python environment in `.venv`, made from the hashed requirement files."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from install.checkout import ROOT, VENV, VENV_PYTHON
from install.missing import MissingError, say
from install.stamp import digest_of, keep

REQUIREMENTS = ROOT / "backend" / "requirements"
PURPOSES = {"local": "to run CapeControl", "dev": "to run, check and test CapeControl"}
#: How long the terminal may be silent while pip fetches.
PATIENCE_SECONDS = 5.0
STAMP = VENV / "capecontrol.json"
LAUNCHER = '#!/bin/sh\nexec "$(dirname "$0")/python" -m capecontrol "$@"\n'


def install_python_packages(requirement_set: str) -> None:
    """Make the environment hold a requirement file, `local` or `dev`, unless that is what it holds already."""
    installed = _read_stamp()
    if _environment_version() != _python_version():
        installed = {}
        _make_environment()
    file = REQUIREMENTS / f"{requirement_set}.txt"
    wanted = digest_of([file])
    if installed.get(requirement_set) != wanted:
        count = sum("==" in line for line in file.read_text().splitlines())
        say(f"Installing {count} Python packages into .venv, {PURPOSES[requirement_set]}.")
        started = time.monotonic()
        _pip_install(file, count)
        say(f"Installed in {time.monotonic() - started:.0f} s.")
        installed[requirement_set] = wanted
        if requirement_set == "dev":
            # The larger set holds the smaller one.
            installed["local"] = digest_of([REQUIREMENTS / "local.txt"])
        keep(STAMP, json.dumps(installed))
    _link_package()


def _pip_install(file: Path, count: int) -> None:
    """Run pip and say now and then how far it is: it may take minutes, and would be silent."""
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-color"]
    lines: list[str] = []
    collected, told_at = 0, time.monotonic()
    with subprocess.Popen(
        [*command, "--progress-bar", "off", "--require-hashes", "-r", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as pip:
        for line in pip.stdout or ():
            lines.append(line)
            # The second word is pip's for a package that comes from a folder.
            collected += line.startswith(("Collecting ", "Processing "))
            if line.startswith("Installing collected packages"):
                say(f"  {count} packages fetched, installing them …")
                told_at = float("inf")
            elif time.monotonic() - told_at > PATIENCE_SECONDS:
                told_at = time.monotonic()
                say(f"  {min(collected, count)} of {count} packages fetched …")
    if pip.returncode != 0:
        raise MissingError(
            f"The packages of backend/requirements/{file.name} could not be installed:\n{''.join(lines[-20:]).strip()}"
        )


def _make_environment() -> None:
    reason = ", since the one here is for another" if VENV.exists() else ""
    say(f"Making .venv for Python {_python_version()}{reason}.")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    answer = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if answer.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        raise MissingError(f"`python3 -m venv .venv` failed:\n{answer.stdout.strip()}")


def _python_version() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def _environment_version() -> str:
    """Read for which Python the environment was made; empty when there is none that can be used."""
    if not VENV_PYTHON.exists():
        return ""
    places = list((VENV / "lib").glob("python3*/site-packages"))
    return places[0].parent.name.removeprefix("python") if len(places) == 1 else ""


def _read_stamp() -> dict[str, str]:
    try:
        content = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return {str(name): str(digest) for name, digest in content.items()}


def _link_package() -> None:
    # The sources themselves, so that neither a build tool nor a second installation is needed when they change.
    packages = VENV / "lib" / f"python{_python_version()}" / "site-packages"
    keep(packages / "capecontrol-dev.pth", f"{ROOT / 'backend' / 'src'}\n")
    launcher = VENV / "bin" / "capecontrol"
    keep(launcher, LAUNCHER)
    mode = launcher.stat().st_mode
    launcher.chmod(mode | (mode & 0o444) >> 2)  # who may read it may run it
