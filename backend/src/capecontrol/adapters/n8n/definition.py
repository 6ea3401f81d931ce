"""What is sent to n8n of a workflow: the members that create and update take; one more is a 400 there."""

from pydantic import JsonValue

from capecontrol.features.workflows.definition.members import NODE_MEMBERS, SETTINGS_MEMBERS
from capecontrol.features.workflows.ports import Definition


def to_public_api(definition: Definition) -> dict[str, JsonValue]:
    """Return the definition reduced to the allow-list, at each level where n8n is strict."""
    nodes, settings = definition["nodes"], definition.get("settings")
    return {
        "name": definition["name"],
        "nodes": [
            {key: value for key, value in node.items() if key in NODE_MEMBERS}
            for node in (nodes if isinstance(nodes, list) else [])
            if isinstance(node, dict)
        ],
        "connections": definition["connections"],
        "settings": (
            {key: value for key, value in settings.items() if key in SETTINGS_MEMBERS}
            if isinstance(settings, dict)
            else {}
        ),
    }
