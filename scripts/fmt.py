"""`make fmt`: formats the Python sources and mends what ruff and eslint can mend."""

from __future__ import annotations

import subprocess
import sys

from toolbox import FRONTEND, ROOT, environment, node_tool, python_tool


def main() -> int:
    """Run the formatters; exits with the worst code among them."""
    folders = ["backend", "scripts"]
    steps = (
        (python_tool("ruff", "check", "--quiet", "--fix-only", *folders), ROOT),
        (python_tool("ruff", "format", *folders), ROOT),
        (node_tool("node_modules/eslint/bin/eslint.js", "--fix", "."), FRONTEND),
    )
    return max(subprocess.run(step, cwd=cwd, env=environment(), check=False).returncode for step, cwd in steps)


if __name__ == "__main__":
    sys.exit(main())
