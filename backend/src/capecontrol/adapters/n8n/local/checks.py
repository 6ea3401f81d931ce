"""What the public API refuses, with n8n's sentences."""

from collections.abc import Mapping

from pydantic import JsonValue

from capecontrol.adapters.n8n.local.catalog import WEBHOOK, find_type
from capecontrol.adapters.n8n.local.workflow import Node, Workflow
from capecontrol.features.workflows.definition.members import NODE_MEMBERS, SETTINGS_MEMBERS

REQUIRED: Mapping[str, tuple[type, str]] = {
    "name": (str, "string"),
    "nodes": (list, "array"),
    "connections": (dict, "object"),
    "settings": (dict, "object"),
}
READ_ONLY = frozenset({"id", "active", "tags", "createdAt", "updatedAt"})
IGNORED = frozenset({"staticData", "shared"})
ADDITIONAL = "must NOT have additional properties"


class Refused(Exception):
    """A 400; the text is the whole message."""


def check_body(body: JsonValue) -> dict[str, JsonValue]:
    """Return the body of a create or an update.

    Raises:
        Refused: as n8n would.
    """
    if not isinstance(body, dict):
        raise Refused("request/body must be object")
    for name in REQUIRED:
        if name not in body:
            raise Refused(f"request/body must have required property '{name}'")
    for name in body:
        if name in READ_ONLY:
            raise Refused(f"request/body/{name} is read-only")
        if name not in REQUIRED and name not in IGNORED:
            raise Refused(f"request/body {ADDITIONAL}")
    for name, (kind, word) in REQUIRED.items():
        if not isinstance(body[name], kind):
            raise Refused(f"request/body/{name} must be {word}")
    nodes, settings = body["nodes"], body["settings"]
    for index, node in enumerate(nodes if isinstance(nodes, list) else []):
        if not isinstance(node, dict):
            raise Refused(f"request/body/nodes/{index} must be object")
        if node.keys() - NODE_MEMBERS:
            raise Refused(f"request/body/nodes/{index} {ADDITIONAL}")
    if isinstance(settings, dict) and settings.keys() - SETTINGS_MEMBERS:
        raise Refused(f"request/body/settings {ADDITIONAL}")
    return body


def check_query(query: Mapping[str, str], known: frozenset[str]) -> None:
    """Check the parameters of a list.

    Raises:
        Refused: an unknown one, or a limit over 250.
    """
    for name in query:
        if name not in known:
            raise Refused(f"Unknown query parameter '{name}'")
    limit = query.get("limit", "100")
    if not limit.isdigit():
        raise Refused("request/query/limit must be number")
    if int(limit) > 250:
        raise Refused("request/query/limit must be <= 250")


def check_activation(workflow: Workflow) -> list[tuple[str, str, str]]:
    """Return where an active workflow listens: (method, path, node name).

    Raises:
        Refused: a node type that is not known here, or nothing to start by.
    """
    nodes = [node for node in workflow.parsed() if not node.is_disabled]
    for node in nodes:
        if find_type(node) is None:
            raise Refused(f"Unrecognized node type: {node.type}")
    hooks = [node for node in nodes if node.type == WEBHOOK]
    if not hooks:
        raise Refused(
            f'Workflow "{workflow.name}" (ID: {workflow.id}) has no node to start the workflow - '
            "at least one trigger, poller or webhook node is required"
        )
    return [(_method(node), _path(node), node.name) for node in hooks]


def _method(node: Node) -> str:
    method = node.parameters.get("httpMethod", "GET")
    return method if isinstance(method, str) else "GET"


def _path(node: Node) -> str:
    path = node.parameters.get("path")
    hook = node.flags.get("webhookId")
    return path.strip("/") if isinstance(path, str) and path else str(hook)
