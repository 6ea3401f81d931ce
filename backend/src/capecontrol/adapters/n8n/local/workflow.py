"""A stored workflow, and its nodes as the run needs them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import JsonValue


@dataclass(frozen=True, slots=True)
class Node:
    """One node. ``kind`` is its type without the package's prefix."""

    name: str
    kind: str
    type: str
    version: float
    parameters: Mapping[str, JsonValue]
    position: tuple[float, float]
    flags: Mapping[str, JsonValue]

    @property
    def is_disabled(self) -> bool:
        """Tell whether its input is handed on as it came."""
        return self.flags.get("disabled") is True

    def credential(self, kind: str) -> str | None:
        """Return the id of the node's credential of a kind."""
        slots = self.flags.get("credentials")
        slot = slots.get(kind) if isinstance(slots, dict) else None
        found = slot.get("id") if isinstance(slot, dict) else None
        return found if isinstance(found, str) else None


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow as it is stored: the four members that the API takes, and what the server adds."""

    id: str
    name: str
    nodes: list[JsonValue]
    connections: dict[str, JsonValue]
    settings: dict[str, JsonValue]
    is_active: bool
    created_at: str
    updated_at: str
    version_id: str
    version_counter: int

    def parsed(self) -> list[Node]:
        """Return the nodes."""
        return [_node(raw) for raw in self.nodes if isinstance(raw, dict)]

    def targets(self, name: str) -> Iterator[tuple[int, str]]:
        """Yield (output index, node name) of each connection that leaves a node."""
        outgoing = self.connections.get(name)
        outputs = outgoing.get("main") if isinstance(outgoing, dict) else None
        for index, output in enumerate(outputs if isinstance(outputs, list) else []):
            for target in output if isinstance(output, list) else []:
                if isinstance(target, dict) and isinstance(target.get("node"), str):
                    yield index, str(target["node"])

    def answer(self) -> dict[str, JsonValue]:
        """Return the object that the public API answers with."""
        return {
            "updatedAt": self.updated_at,
            "createdAt": self.created_at,
            "id": self.id,
            "name": self.name,
            "description": None,
            "active": self.is_active,
            "isArchived": False,
            "nodes": self.nodes,
            "connections": self.connections,
            "settings": self.settings,
            "staticData": None,
            "meta": None,
            "pinData": None,
            "versionId": self.version_id,
            "activeVersionId": self.version_id if self.is_active else None,
            "versionCounter": self.version_counter,
            "triggerCount": 1 if self.is_active else 0,
        }


def _node(raw: dict[str, JsonValue]) -> Node:
    parameters, position, version = raw.get("parameters"), raw.get("position"), raw.get("typeVersion")
    kind = str(raw.get("type", ""))
    return Node(
        name=str(raw.get("name", "")),
        kind=kind.removeprefix("n8n-nodes-base."),
        type=kind,
        version=float(version) if isinstance(version, int | float) else 1.0,
        parameters=parameters if isinstance(parameters, dict) else {},
        position=_position(position),
        flags={key: value for key, value in raw.items() if key not in ("parameters", "name", "type", "position")},
    )


def _position(value: JsonValue) -> tuple[float, float]:
    if isinstance(value, list) and len(value) == 2:
        x, y = value
        if isinstance(x, int | float) and isinstance(y, int | float):
            return float(x), float(y)
    return 0.0, 0.0
