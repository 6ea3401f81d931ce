"""Reading a workflow file that somebody exported from an n8n: check its shape, keep what can be deployed."""

import json

from pydantic import JsonValue

from capecontrol.core.problems import FieldError, Invalid
from capecontrol.features.workflows.definition.content import complaint_about_content
from capecontrol.features.workflows.definition.graph import WEBHOOK, JsonObject, links_of, name_of, nodes_of, of_type
from capecontrol.features.workflows.definition.members import NODE_MEMBERS, SETTINGS_MEMBERS

MAX_BYTES = 1024 * 1024
MAX_NODES = 300
NAME_MAX = 128


def read_file(value: JsonValue) -> JsonObject:
    """Return a workflow file's definition: name, nodes, connections, settings, and of these the known members.

    Ids of another server (credentials, the error workflow) are taken out: they mean nothing at the one where the
    definition goes. What is pinned, tagged or archived there is left out as well.

    Raises:
        Invalid: not a workflow file, too large, or nothing in it that we could start. The pointers begin with
            ``/definition``.
    """
    if not isinstance(value, dict):
        raise _invalid("", "Provide the contents of a workflow file exported from n8n (a JSON object).")
    if complaint := complaint_about_content(value, MAX_BYTES):
        raise _invalid("", complaint)
    if not isinstance(value.get("nodes"), list) or not isinstance(value.get("connections"), dict):
        raise _invalid("", "This isn't an n8n workflow file. It has no nodes and connections.")
    name, settings = value.get("name"), value.get("settings")
    definition: JsonObject = {
        "name": name.strip()[:NAME_MAX] if isinstance(name, str) and name.strip() else "Workflow",
        "nodes": _read_nodes(value["nodes"]),
        "connections": value["connections"],
        "settings": (
            {k: v for k, v in settings.items() if k in SETTINGS_MEMBERS and k not in ("errorWorkflow", "callerIds")}
            if isinstance(settings, dict)
            else {}
        ),
    }
    _check_links(definition)
    trigger_of(definition)
    return definition


def trigger_of(definition: JsonObject) -> JsonObject:
    """Return the Webhook node by which the workflow is started.

    Raises:
        Invalid: there is none, or more than one. n8n offers no other way to start a workflow from outside.
    """
    hooks = of_type(definition, WEBHOOK)
    if not hooks:
        raise _invalid(
            "/nodes",
            "The workflow has no enabled Webhook node. CapeControl starts workflows through a webhook. Add a Webhook "
            "node in n8n and export the file again.",
        )
    if len(hooks) > 1:
        names = ", ".join(f"“{name_of(hook)}”" for hook in hooks[:5])
        raise _invalid(
            "/nodes", f"The workflow has {len(hooks)} enabled Webhook nodes ({names}). Leave only one of them enabled."
        )
    return hooks[0]


def canonical(definition: JsonObject) -> bytes:
    """Return the bytes that a definition's digest is made of: UTF-8 JSON, sorted, without spaces."""
    return json.dumps(definition, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _invalid(pointer: str, detail: str) -> Invalid:
    return Invalid("This workflow file can't be used.", errors=[FieldError(f"/definition{pointer}", detail)])


def _read_nodes(value: JsonValue) -> list[JsonValue]:
    nodes = value if isinstance(value, list) else []
    if not nodes:
        raise _invalid("/nodes", "The workflow has no nodes.")
    if len(nodes) > MAX_NODES:
        raise _invalid("/nodes", f"The workflow has more than {MAX_NODES} nodes.")
    names: set[str] = set()
    read: list[JsonValue] = []
    for index, node in enumerate(nodes):
        read.append(_read_node(index, node, names))
    return read


def _read_node(index: int, node: JsonValue, names: set[str]) -> JsonObject:
    if not isinstance(node, dict):
        raise _invalid(f"/nodes/{index}", "Each node must be a JSON object.")
    for member in ("name", "type"):
        text = node.get(member)
        if not isinstance(text, str) or not text.strip() or len(text) > 200:
            raise _invalid(f"/nodes/{index}/{member}", "Must be text of 1 to 200 characters.")
    if not isinstance(node.get("parameters", {}), dict):
        raise _invalid(f"/nodes/{index}/parameters", "Must be a JSON object.")
    if not isinstance(node.get("typeVersion", 1), int | float):
        raise _invalid(f"/nodes/{index}/typeVersion", "Must be a number.")
    if name_of(node) in names:
        raise _invalid(f"/nodes/{index}/name", "Two nodes have this name.")
    names.add(name_of(node))
    kept = {key: inner for key, inner in node.items() if key in NODE_MEMBERS}
    kept.setdefault("parameters", {})
    kept.setdefault("typeVersion", 1)
    if not isinstance(kept.get("position"), list):
        kept["position"] = [200 * index, 0]
    credentials = kept.pop("credentials", None)
    if isinstance(credentials, dict) and credentials:
        kept["credentials"] = {
            kind: {"id": "", "name": str(slot.get("name", kind))[:NAME_MAX] if isinstance(slot, dict) else kind}
            for kind, slot in credentials.items()
        }
    return kept


def _check_links(definition: JsonObject) -> None:
    names = {name_of(node) for node in nodes_of(definition)}
    for link in links_of(definition):
        for name in (link.source, link.target):
            if name not in names:
                raise _invalid("/connections", f"A connection refers to a node that doesn't exist: “{name[:80]}”.")
