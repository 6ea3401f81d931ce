"""Tests that documents name: where they are, and whether they are there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from toolbox import BACKEND, ROOT

#: `tests/features/billing/test_line.py::test_x` (from backend/), or `frontend/src/lib/x.test.ts::what it says`;
#: `frontend/lint/…` likewise.
NAMED = re.compile(r"`((?:tests|frontend/(?:src|lint))/[^`:]+::[^`]+)`")
#: Also behind the end of a table, `it.each([…])("…"`, which may hold anything.
_TITLE = re.compile(
    r"""(?:\b(?:it|test)(?:\.\w+(?:\([^)]*\))?)*|\]\))\(\s*(["'`])(?P<title>(?:\\.|(?!\1).)*)\1""", re.DOTALL
)
_FILLED_IN = re.compile(r"%[sdifjo]|\$\{[^}]*\}|\$\w+(?:\.\w+)*")
_BRACKET = re.compile(r"\[.*\]$")


def named_in(text: str) -> list[str]:
    """Return the tests that a document names, each once, in its order."""
    return list(dict.fromkeys(NAMED.findall(text)))


def is_there(name: str) -> bool:
    """Tell whether a test exists."""
    place, _, title = name.partition("::")
    if place.startswith("frontend/"):
        path = ROOT / place
        return path.is_file() and any(one.fullmatch(title) for one in _titles(path))
    path = BACKEND / place
    return path.is_file() and _BRACKET.sub("", title) in _functions(path)


@cache
def _functions(path: Path) -> frozenset[str]:
    found = set[str]()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
            found |= {f"{node.name}::{one.name}" for one in node.body if isinstance(one, ast.AsyncFunctionDef)}
    return frozenset(found)


@cache
def _titles(path: Path) -> frozenset[re.Pattern[str]]:
    """Return the titles in a file; what a table fills in (`%s`, `$name`, `${name}`) is anything."""
    texts = (re.sub(r"\\(.)", r"\1", match["title"]) for match in _TITLE.finditer(path.read_text()))
    return frozenset(re.compile(".+".join(map(re.escape, _FILLED_IN.split(text))), re.DOTALL) for text in texts)
