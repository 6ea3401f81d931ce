"""What may vary from one deployment to the next: the literal values in the nodes' parameters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, auto

from pydantic import JsonValue

from capecontrol.features.workflows.definition.graph import (
    STICKY_NOTE,
    WEBHOOK,
    JsonObject,
    is_enabled,
    name_of,
    nodes_of,
)
from capecontrol.features.workflows.definition.pointer import escape


class ParameterType(StrEnum):
    """The kind of a parameter's value. A SECRET is never shown again."""

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[str]) -> str:
        return name

    TEXT = auto()
    NUMBER = auto()
    BOOLEAN = auto()
    SECRET = auto()


@dataclass(frozen=True, slots=True)
class Literal:
    """One value that can be made a parameter. ``type`` is a suggestion; a likely secret's value is not shown."""

    pointer: str
    node: str
    label: str
    value: str | int | float | bool
    type: ParameterType


@dataclass(frozen=True, slots=True)
class CredentialSlot:
    """A credential that a node needs, which every n8n keeps for itself: a parameter may give its id there."""

    pointer: str
    node: str
    type: str
    name: str


#: Members that say how a node is built, not what it does.
_STRUCTURE = frozenset({"id", "__rl", "mode", "type", "version", "resource", "operation", "action"})
#: The trigger's own: deployment decides them.
_TRIGGER = frozenset({"path", "httpMethod", "responseMode", "authentication"})
_SECRET = re.compile(r"secret|passw|token|api.?key|authorization", re.IGNORECASE)
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_")


def literals_of(definition: JsonObject) -> list[Literal]:
    """Return the literal values of all enabled nodes, in the file's order. Expressions are not among them."""
    found: list[Literal] = []
    for index, node in enumerate(nodes_of(definition)):
        if not is_enabled(node) or node.get("type") == STICKY_NOTE:
            continue
        skipped = _STRUCTURE | (_TRIGGER if node.get("type") == WEBHOOK else frozenset())
        for pointer, way, value in _leaves(node.get("parameters"), f"/nodes/{index}/parameters", (), skipped):
            kind = _kind(way, value)
            label = f"{name_of(node)} · {' · '.join(way)}"
            shown = "" if kind is ParameterType.SECRET else value
            found.append(Literal(pointer, name_of(node), label, shown, kind))
    return found


def slots_of(definition: JsonObject) -> list[CredentialSlot]:
    """Return the credentials that enabled nodes name (the trigger's excepted: deployment does without)."""
    found = []
    for index, node in enumerate(nodes_of(definition)):
        credentials = node.get("credentials")
        if not is_enabled(node) or node.get("type") == WEBHOOK or not isinstance(credentials, dict):
            continue
        for kind, slot in credentials.items():
            name = str(slot.get("name", kind)) if isinstance(slot, dict) else kind
            pointer = f"/nodes/{index}/credentials/{escape(kind)}/id"
            found.append(CredentialSlot(pointer, name_of(node), kind, name))
    return found


def _kind(way: tuple[str, ...], value: str | int | float | bool) -> ParameterType:
    if isinstance(value, bool):
        return ParameterType.BOOLEAN
    if isinstance(value, int | float):
        return ParameterType.NUMBER
    return ParameterType.SECRET if _SECRET.search(way[-1]) else ParameterType.TEXT


def _leaves(
    value: JsonValue, pointer: str, way: tuple[str, ...], skipped: frozenset[str]
) -> Iterator[tuple[str, tuple[str, ...], str | int | float | bool]]:
    """Yield pointer, words of the label, and value of each literal below."""
    if isinstance(value, dict):
        # In a list of {name, value} the name says more than "value".
        title = value.get("name")
        for key, inner in value.items():
            if key in skipped or (key == "name" and "value" in value):
                continue
            words: tuple[str, ...] = (title,) if key == "value" and isinstance(title, str) and title else (_word(key),)
            yield from _leaves(inner, f"{pointer}/{escape(key)}", (*way, *words), skipped)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            # The list's own name and number say nothing where its entries have names.
            named = isinstance(inner, dict) and isinstance(inner.get("name"), str)
            entry = way[:-1] if named else (*way[:-1], f"{way[-1] if way else 'entry'} {index + 1}")
            yield from _leaves(inner, f"{pointer}/{index}", entry, skipped)
    elif isinstance(value, str | bool | int | float) and not (isinstance(value, str) and value.startswith("=")):
        yield pointer, way or ("value",), value


def _word(key: str) -> str:
    return _WORDS.sub(" ", key).lower()
