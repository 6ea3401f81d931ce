"""Every action that the code can record has words for the readers of the audit log."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import capecontrol
from capecontrol.main.features import activity_catalog, audit_areas, event_registry

SOURCES = Path(capecontrol.__file__).parent
AREAS = audit_areas()
WORDED = {action for area in AREAS for action in area.acts}
ACTION = re.compile(r"[a-z][a-z_]*\.[a-z_]+")
#: Calls whose texts of that shape are actions, whatever area they belong to.
RECORDING = {"record", "record_untold", "record_act", "ActivityKind"}
LOGGING = {"debug", "info", "warning", "error", "exception"}
#: Texts that begin as actions do.
NO_ACTIONS = {
    "invoice.html": "a document",
    "proposal.html": "a document",
    "outbox.deliver": "a span",
}


def _texts() -> Iterator[tuple[str, bool]]:
    """Yield the texts of the sources that look like actions, and whether they are given to what records.

    Without those that are logged.
    """
    for path in SOURCES.rglob("*.py"):
        tree = ast.parse(path.read_text())
        recorded, logged = _given_to(RECORDING, tree), _given_to(LOGGING, tree)
        for node in set(ast.walk(tree)) - logged:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and ACTION.fullmatch(node.value):
                yield node.value, node in recorded


def _given_to(names: set[str], tree: ast.AST) -> set[ast.AST]:
    """Return what is in the first two arguments of calls of these names."""
    return {
        part
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and (getattr(call.func, "attr", None) or getattr(call.func, "id", None)) in names
        for argument in call.args[:2]
        for part in ast.walk(argument)
    }


def _lists() -> set[str]:
    """Return the areas of the lists that can be exported, as the features write them."""
    texts = (path.read_text() for path in SOURCES.glob("features/*/export.py"))
    return {area for text in texts for area in re.findall(r'\barea="(\w+)"', text)}


def test_each_action_in_the_code_has_words() -> None:
    prefixes = tuple({f"{action.partition('.')[0]}." for action in WORDED})
    elsewhere = {job.name for job in event_registry().schedule} | NO_ACTIONS.keys()
    found = {text for text, is_recorded in _texts() if is_recorded or text.startswith(prefixes)}
    assert {"session.renewed", "payment.expired", "access.denied", "secret.rotated"} <= found
    assert sorted(found - elsewhere - WORDED) == [], "word it in `audit.py` of its feature"


def test_each_told_act_and_each_export_has_words() -> None:
    assert set(activity_catalog().keys) - WORDED == set()
    assert len(_lists()) >= 10
    exports = {f"{area}.{act}" for area in _lists() for act in ("export_started", "exported", "export_aborted")}
    assert exports - WORDED == set()


def test_the_words_are_sentences_of_their_area() -> None:
    """They begin with a capital, end without a full stop, and say more than the action does."""
    for area in AREAS:
        for action, title in area.acts.items():
            said = title(dict.fromkeys(title.members, "x"))
            assert action.startswith(area.prefix)
            assert said[0].isupper() or said.startswith("n8n"), said
            assert not said.endswith("."), said
            assert "_" not in said, said


def test_what_an_older_release_did_not_keep_leaves_the_words_readable() -> None:
    assert AREAS.title("project.created", {}) == "Created project …"
    assert AREAS.title("execution.finished", {}) == "A run of a workflow failed"
    assert AREAS.title("thing.made", {"name": "x"}) == "thing.made"
