"""Installs what a verb of the Makefile needs, says what and why before it does, then becomes that verb.

    python3 scripts/bootstrap.py run|check|test ARGUMENTS…     → .venv/bin/python ARGUMENTS…
    python3 scripts/bootstrap.py nothing ARGUMENTS…            → python3 ARGUMENTS…, with nothing installed

Runs on the standard library alone. This file keeps to syntax that an older Python still reads, so that it can say
which one is needed.
"""

import os
import shutil
import sys
from pathlib import Path

NEWER_PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")


def require_python() -> None:
    """Go on with a newer Python where there is one beside an older `python3`, or say which one is needed."""
    if sys.version_info >= (3, 11):
        return
    for name in NEWER_PYTHONS:
        if shutil.which(name):
            os.execvp(name, [name, *sys.argv])
    found = ".".join(str(number) for number in sys.version_info[:2])
    sys.exit(
        "CapeControl needs Python 3.11 or newer and this is " + found + ": install a newer one and name it, "
        "as in `PYTHON=python3.13 make run`."
    )


def run_as_is(arguments: "list[str]") -> None:
    """Become this Python with the sources on its path."""
    sources = Path(__file__).resolve().parent.parent / "backend" / "src"
    os.execve(sys.executable, [sys.executable, "-B", *arguments], dict(os.environ, PYTHONPATH=str(sources)))


if __name__ == "__main__":
    require_python()
    if sys.argv[1] == "nothing":
        run_as_is(sys.argv[2:])
    sys.dont_write_bytecode = True
    from install.entry import main

    main(sys.argv[1], sys.argv[2:])
