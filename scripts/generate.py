"""Generates what is committed but made from other sources.

The database's schema and the API's description with its examples under `docs/`, the front end's API client, the schemas
of its forms and its route tree.
`scripts/generate.py --check` generates, compares, puts back what was there, and exits 1 when something was stale.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from toolbox import BACKEND, FRONTEND, ROOT, environment, node_tool, python_tool

SCHEMA = ROOT / "docs" / "database" / "schema.sql"
DESCRIPTION = ROOT / "docs" / "api" / "openapi.yaml"
API = FRONTEND / "src" / "api"
GENERATED = (
    SCHEMA,
    DESCRIPTION,
    API,
    FRONTEND / "src" / "app" / "route-tree.gen.ts",
)
#: Records an operation's example where there is none, or where it answers in another shape.
RECORDER = ("pytest", "-q", "-p", "no:randomly", "tests/examples", "-k", "gone or answers_as")
#: What readers of newer YAML than PyYAML's take for a number.
NUMBER_LIKE = re.compile(r"[-+.\d]")


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
        print(f"{path} is stale: `make generate` writes it again")
    return 1 if stale else 0


def generate() -> bool:
    """Run the generators; the output of one that fails is shown. Whether examples hold, the tests check."""
    if "--check" not in sys.argv and run(python_tool(*RECORDER), BACKEND, EXAMPLES_RECORD="1") is None:
        return False
    description = run(python_tool("capecontrol", "openapi", "export"), BACKEND)
    if description is None:
        return False
    DESCRIPTION.parent.mkdir(parents=True, exist_ok=True)
    DESCRIPTION.write_text(to_yaml(json.loads(description)), encoding="utf-8")
    # A feature that takes no bodies any more leaves no schemas behind.
    shutil.rmtree(API / "schemas", ignore_errors=True)
    steps = (
        (python_tool("python", "-m", "capecontrol.local.schema", str(SCHEMA)), BACKEND),
        (node_tool("node_modules/@hey-api/openapi-ts/bin/run.js"), FRONTEND),
        (node_tool("node_modules/@tanstack/router-cli/bin/tsr.cjs", "generate"), FRONTEND),
    )
    return all(run(command, folder) is not None for command, folder in steps)


def run(command: list[str], folder: Path, **more: str) -> str | None:
    """Return what a generator wrote to its output, or None when it failed."""
    env = {**environment(), "CAPECONTROL_ENV": "test", **more}
    answer = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    if answer.returncode == 0:
        return answer.stdout
    print(f"{' '.join(command)} failed:\n{answer.stdout}{answer.stderr}")
    return None


def write_text(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Write a text so that every reader of YAML reads a text, and one of several lines as a block."""
    style = "|" if "\n" in text else "'" if NUMBER_LIKE.match(text) else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def to_yaml(document: dict[str, object]) -> str:
    """Write the API's description as YAML, its operations before their schemas."""
    yaml.SafeDumper.add_representer(str, write_text)
    ordered = {name: document[name] for name in ("openapi", "info", "paths")} | document
    text = yaml.safe_dump(ordered, sort_keys=False, allow_unicode=True, width=120)
    return f"# `make generate` wrote this. The running server gives the same at /openapi.json.\n{text}"


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
