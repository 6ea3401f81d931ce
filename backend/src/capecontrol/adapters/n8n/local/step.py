"""What a node may use while it runs, and how it fails."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
from pydantic import JsonValue

from capecontrol.adapters.n8n.local.item import Item, JsonObject
from capecontrol.adapters.n8n.local.javascript import Undefined
from capecontrol.adapters.n8n.local.workflow import Node


class NodeFailed(Exception):
    """A node stopped the run. The text is n8n's sentence; ``http_code`` what an outside service answered."""

    def __init__(self, message: str, *, http_code: int | None = None, description: str | None = None) -> None:
        """Carry what the execution's data shows."""
        super().__init__(message)
        self.http_code = http_code
        self.description = description


class Suspended(Exception):
    """The run waits for a call from outside that the local n8n does not take."""


@dataclass(frozen=True, slots=True)
class WebhookAnswer:
    """What the caller of the webhook gets. ``body`` None: nothing."""

    status: int
    body: JsonValue
    headers: Mapping[str, str] = field(default_factory=dict)
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One node with its input. ``evaluate`` resolves a parameter's value for the item at an index."""

    node: Node
    items: list[Item]
    evaluate: Callable[[JsonValue, int], Awaitable[JsonValue | Undefined]]
    run_code: Callable[[str, int], Awaitable[JsonValue | Undefined]]
    respond: Callable[[WebhookAnswer], None]
    credential: Callable[[str, str], JsonObject | None]
    sleep: Callable[[timedelta], Awaitable[None]]
    http: httpx.AsyncClient

    async def parameters(self, index: int) -> JsonObject:
        """Return the node's parameters with every expression evaluated for one item."""
        found = await self.evaluate(dict(self.node.parameters), index)
        return found if isinstance(found, dict) else {}


#: What a node type does: items in, a list of items for each output out.
NodeType = Callable[[Step], Awaitable[list[list[Item]]]]


def text_of(value: JsonValue, default: str = "") -> str:
    """Return a parameter as text, the way JavaScript would write it."""
    match value:
        case None:
            return default
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def object_at(value: JsonValue, *path: str) -> JsonObject:
    """Return the object at a path of members, or an empty one."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def objects_at(value: JsonValue, *path: str) -> list[JsonObject]:
    """Return the list of objects at a path of members, or an empty one."""
    *way, last = path
    found = object_at(value, *way).get(last)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []
