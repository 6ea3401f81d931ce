"""wrk, a closed-loop load generator written in C: as many requests as its connections get through."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping

MISSING = (
    "This bench needs wrk, which is not installed: `apt-get install wrk` (Debian, Ubuntu), `brew install wrk` (macOS)."
)


def require_wrk() -> str:
    """Return the program's path, or end with the command that installs it."""
    program = shutil.which("wrk")
    if program is None:
        sys.exit(MISSING)
    return program


def requests_per_second(address: str, headers: Mapping[str, str], *, connections: int, seconds: float) -> float:
    """Load one address and return how many requests a second were answered, all of them with 2xx or 3xx.

    Raises:
        RuntimeError: an answer was an error, or a connection failed.
    """
    given = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    scale = ["-t", "1", "-c", str(connections), "-d", f"{max(1, round(seconds))}s"]
    command = [require_wrk(), *scale, *given, address]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if bad := re.search(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*[1-9].*)", told):
        raise RuntimeError(f"{address}: {bad.group(0)}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if found is None:
        raise RuntimeError(f"wrk said nothing of its rate:\n{told}")
    return float(found.group(1))
