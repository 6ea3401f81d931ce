"""Which node types the local n8n knows."""

from typing import Final

from capecontrol.adapters.n8n.local.nodes import (
    code,
    condition,
    crypto,
    http_request,
    pass_on,
    respond,
    set_fields,
    stop,
    wait,
)
from capecontrol.adapters.n8n.local.step import NodeType
from capecontrol.adapters.n8n.local.workflow import Node

WEBHOOK: Final = "n8n-nodes-base.webhook"
RESPOND: Final = "n8n-nodes-base.respondToWebhook"

#: Type → the first major version that runs here, and the function.
NODE_TYPES: Final[dict[str, tuple[int, NodeType]]] = {
    WEBHOOK: (1, pass_on.run),
    "n8n-nodes-base.set": (3, set_fields.run),
    "n8n-nodes-base.crypto": (1, crypto.run),
    "n8n-nodes-base.httpRequest": (3, http_request.run),
    RESPOND: (1, respond.run),
    "n8n-nodes-base.wait": (1, wait.run),
    "n8n-nodes-base.if": (2, condition.run),
    "n8n-nodes-base.code": (2, code.run),
    "n8n-nodes-base.noOp": (1, pass_on.run),
    "n8n-nodes-base.stopAndError": (1, stop.run),
    "n8n-nodes-base.stickyNote": (1, pass_on.run),
    "n8n-nodes-base.manualTrigger": (1, pass_on.run),
}


def find_type(node: Node) -> NodeType | None:
    """Return what runs a node, or None where the local n8n has nothing for its type and version."""
    since, run = NODE_TYPES.get(node.type, (0, None))
    return run if node.version >= since else None
