"""Becomes a module of the back end, run from its folder: `scripts/backend.py tests.fuzz ARGUMENTS…`."""

from __future__ import annotations

import os
import sys

from toolbox import BACKEND, environment

if __name__ == "__main__":
    os.chdir(BACKEND)
    os.execve(sys.executable, [sys.executable, "-m", *sys.argv[1:]], environment())
