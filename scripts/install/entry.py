"""From a verb's profile to an installation that serves it, and on to the verb itself."""

import fcntl
import os
import subprocess
import sys
from typing import NoReturn

from install.checkout import CACHE, FRONTEND, ROOT, VENV_PYTHON
from install.missing import MissingError
from install.pages import build_pages, install_node_packages
from install.python_packages import install_python_packages
from install.system_packages import find_browser, install_system_packages

PROFILES = ("run", "check", "test")


def main(profile: str, command: list[str]) -> NoReturn:
    """Install for a profile, then become `.venv/bin/python COMMAND…`; exits with a sentence when that is not possible.

    The process is replaced, not wrapped, so that Ctrl-C and SIGTERM reach the verb itself.
    """
    os.chdir(ROOT)
    if profile == "run":
        check_before_installing()
    CACHE.mkdir(exist_ok=True)
    try:
        with (CACHE / "install.lock").open("w") as lock:
            # One installation at a time works on a checkout.
            fcntl.flock(lock, fcntl.LOCK_EX)
            install(profile)
    except MissingError as missing:
        sys.exit(str(missing))
    except KeyboardInterrupt:
        sys.exit(130)
    environment = dict(os.environ)
    browser = find_browser()
    if browser is not None:
        environment["CHROMIUM"] = browser
    os.execve(VENV_PYTHON, [str(VENV_PYTHON), *command], environment)


def check_before_installing() -> None:
    """End where a run could not start anyway, such as on a port that is taken: an installation takes minutes."""
    command = [sys.executable, "-B", "-m", "capecontrol.local.preflight"]
    environment = dict(os.environ, PYTHONPATH=str(ROOT / "backend" / "src"))
    if subprocess.run(command, env=environment, check=False).returncode != 0:
        sys.exit(1)


def install(profile: str) -> None:
    """Bring everything that a profile needs up to date; quick when it is."""
    install_system_packages(with_browser=profile == "test")
    install_python_packages("local" if profile == "run" else "dev")
    if not (FRONTEND / "package.json").exists():
        return
    install_node_packages()
    if profile != "check":
        build_pages()
