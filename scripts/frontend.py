"""Runs npm in the front end's folder: `scripts/frontend.py run screenshots`."""

from __future__ import annotations

import subprocess
import sys

from toolbox import FRONTEND, environment, npm

if __name__ == "__main__":
    sys.exit(subprocess.run(npm(*sys.argv[1:]), cwd=FRONTEND, env=environment(), check=False).returncode)
