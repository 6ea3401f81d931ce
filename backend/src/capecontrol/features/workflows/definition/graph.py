"""Looking at a definition: its nodes, what they are called, how they are joined."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import JsonValue

JsonObject = dict[str, JsonValue]

WEBHOOK = "n8n-nodes-base.webhook"
RESPOND = "n8n-nodes-base.respondToWebhook"
STICKY_NOTE = "n8n-nodes-base.stickyNote"


@dataclass(frozen=True, slots=True)
class Link:
    """One connection between two nodes."""

    source: str
    target: str
    target_input: int


def nodes_of(definition: JsonObject) -> list[JsonObject]:
    """Return the nodes."""
    nodes = definition.get("nodes")
    return [node for node in nodes if isinstance(node, dict)] if isinstance(nodes, list) else []


def name_of(node: JsonObject) -> str:
    """Return a node's name."""
    return str(node.get("name", ""))


def is_enabled(node: JsonObject) -> bool:
    """Tell whether a node takes part."""
    return node.get("disabled") is not True


def of_type(definition: JsonObject, kind: str) -> list[JsonObject]:
    """Return the enabled nodes of a type."""
    return [node for node in nodes_of(definition) if node.get("type") == kind and is_enabled(node)]


def links_of(definition: JsonObject) -> Iterator[Link]:
    """Yield the connections that carry items (the others join models and tools to AI nodes)."""
    connections = definition.get("connections")
    for source, outgoing in connections.items() if isinstance(connections, dict) else ():
        outputs = outgoing.get("main") if isinstance(outgoing, dict) else None
        for output in outputs if isinstance(outputs, list) else []:
            for target in output if isinstance(output, list) else []:
                if isinstance(target, dict):
                    index = target.get("index")
                    yield Link(source, str(target.get("node", "")), index if isinstance(index, int) else 0)


def position_of(node: JsonObject) -> tuple[float, float]:
    """Return where a node stands on the canvas."""
    match node.get("position"):
        case [int() | float() as x, int() | float() as y]:
            return float(x), float(y)
    return 0.0, 0.0
