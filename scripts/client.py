"""Generates what is committed but made from other sources: the OpenAPI document, client and schemas, the route tree.

`scripts/client.py --check` generates, compares, puts back what was there, and exits 1 when it was stale.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from toolbox import BACKEND, FRONTEND, ROOT, environment, node_tool, python_tool

DOCUMENT = FRONTEND / "openapi.json"
API = FRONTEND / "src" / "api"
GENERATED = (DOCUMENT, API, FRONTEND / "src" / "app" / "route-tree.gen.ts")


def main() -> int:
    """Generate, or with `--check` compare."""
    before = snapshot()
    if not generate():
        restore(before)
        return 1
    if "--check" not in sys.argv:
        return 0
    after = snapshot()
    stale = sorted(
        str(path.relative_to(ROOT)) for path in before.keys() | after.keys() if before.get(path) != after.get(path)
    )
    restore(before)
    for path in stale:
        print(f"{path} is stale: `make client` generates it again")
    return 1 if stale else 0


def generate() -> bool:
    """Run the three generators; their output is shown when one fails."""
    env = {**environment(), "CAPECONTROL_ENV": "test"}
    # A feature that takes no bodies any more leaves no schemas behind.
    shutil.rmtree(API / "schemas", ignore_errors=True)
    steps = (
        (python_tool("capecontrol", "openapi", "export", str(DOCUMENT)), BACKEND),
        (node_tool("node_modules/@hey-api/openapi-ts/bin/run.js"), FRONTEND),
        (node_tool("node_modules/@tanstack/router-cli/bin/tsr.cjs", "generate"), FRONTEND),
    )
    for command, folder in steps:
        answer = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
        if answer.returncode != 0:
            print(
                f"{Path(command[1]).name if folder == FRONTEND else command[0]} failed:\n{answer.stdout}{answer.stderr}"
            )
            return False
    return True


def snapshot() -> dict[Path, bytes]:
    """Read the generated files."""
    files = [file for path in GENERATED for file in ([path] if path.is_file() else path.rglob("*"))]
    return {file: file.read_bytes() for file in files if file.is_file()}


def restore(files: dict[Path, bytes]) -> None:
    """Put the generated files back as they were."""
    for file in snapshot().keys() - files.keys():
        file.unlink()
    for file, content in files.items():
        if not file.exists() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
