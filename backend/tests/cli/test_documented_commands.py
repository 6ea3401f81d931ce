"""Whoever copies a command out of a document gets what it says, and no usage error."""

import re
import shlex
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from typer.testing import CliRunner

from capecontrol.cli.commands import app

ROOT = Path(__file__).parents[3]
#: The documents, and the texts of the product that tell somebody what to run.
FOLDERS = {"*.md": ("docs", "backend", "bench", "deploy"), "*.py": ("backend/src",), "*.yaml": ("deploy",)}
FENCED = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"(?<!`)`{1,2}([^`\n]+?)`{1,2}(?!`)")
#: The image begins with ``python -m capecontrol``: what follows the service are its arguments.
OPERATOR = re.compile(r"^(?:dc|docker compose(?P<options>.*?)) run .*?\boperator\b(?P<arguments>.*)$")
OURS = re.compile(r"^(?:[A-Z_]+=\S+ )*capecontrol(?P<arguments>| .*)$")


def documents() -> list[Path]:
    """Return every document and every source whose texts name commands, those at the root included."""
    found = {path for kind, folders in FOLDERS.items() for folder in folders for path in (ROOT / folder).rglob(kind)}
    return sorted(found | set(ROOT.glob("*.md")))


def commands_in(text: str) -> Iterator[str]:
    """Yield what a text tells one to type: the lines of its blocks, and what stands between backticks."""
    for block in FENCED.findall(text):
        yield from (line.partition("  #")[0].strip() for line in block.splitlines())
    yield from (found.strip() for found in INLINE.findall(FENCED.sub("", text)))


def documented() -> list[tuple[str, str]]:
    """Return each command that reaches our command line, after the document that names it."""
    return sorted(
        {
            (str(path.relative_to(ROOT)), command)
            for path in documents()
            for command in commands_in(path.read_text())
            if OURS.match(command) or OPERATOR.match(command)
        }
    )


def typed(command: str) -> Iterator[list[str]]:
    """Yield what a command gives to our command line; verbs side by side (``status | check``) are several."""
    found = OPERATOR.match(command) or OURS.match(command)
    assert found
    words = shlex.split(re.sub(r"<[^>]*>", "VALUE", found["arguments"]))
    if "|" not in words:
        yield words
        return
    first, *others = (list(part) for is_bar, part in groupby(words, key=lambda word: word == "|") if not is_bar)
    if all(len(other) == 1 and other[0].isalpha() for other in others):
        yield first
        yield from ([*first[:-1], *other] for other in others)
    else:
        yield [word.strip("[]") for word in words if word != "|"]


@pytest.mark.parametrize(("document", "command"), documented())
def test_a_documented_command_is_one(document: str, command: str) -> None:
    """Its verbs and options are looked up as in earnest; ``--help`` keeps it from doing anything."""
    for words in typed(command):
        ended = CliRunner().invoke(app, [*(word for word in words if word != "…"), "--help"])
        assert ended.exit_code == 0, f"{document}: {command}: {ended.output}"


@pytest.mark.parametrize(("document", "command"), documented())
def test_compose_is_told_its_file(document: str, command: str) -> None:
    operator = OPERATOR.match(command)
    if operator and operator["options"] is not None:
        assert "-f deploy/compose.yaml" in operator["options"], f"{document}: {command}"


def test_the_guides_name_commands() -> None:
    """An empty list would pass every walk above."""
    told = {document for document, _ in documented()}
    assert {"docs/guides/deploy.md", "docs/guides/rotate-secrets.md", "docs/reference/running-login.md"} <= told
