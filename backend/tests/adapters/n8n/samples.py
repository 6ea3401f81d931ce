"""Small workflows."""

from itertools import pairwise

from pydantic import JsonValue

JsonObject = dict[str, JsonValue]


def node(
    name: str, kind: str, version: float, x: int, y: int, parameters: JsonObject, **flags: JsonValue
) -> JsonObject:
    return {
        "id": name,
        "name": name,
        "type": f"n8n-nodes-base.{kind}",
        "typeVersion": version,
        "position": [x, y],
        "parameters": parameters,
        **flags,
    }


def webhook(path: str, mode: str = "lastNode") -> JsonObject:
    parameters: JsonObject = {"httpMethod": "POST", "path": path, "responseMode": mode, "options": {}}
    return node("Webhook", "webhook", 2, 0, 0, parameters, webhookId=f"hook-{path}")


def fields(name: str, x: int, position_y: int = 0, /, **values: JsonValue) -> JsonObject:
    """A Set node; a value's type is told by the value."""
    kinds = {str: "string", bool: "boolean", int: "number", float: "number", list: "array", dict: "object"}
    assignments: list[JsonValue] = [
        {"id": key, "name": key, "value": value, "type": kinds[type(value)]} for key, value in values.items()
    ]
    return node(
        name,
        "set",
        3.4,
        x,
        position_y,
        {
            "mode": "manual",
            "includeOtherFields": False,
            "assignments": {"assignments": assignments},
            "options": {},
        },
    )


def post(name: str, url: str, body: str, x: int, y: int = 0, **flags: JsonValue) -> JsonObject:
    parameters: JsonObject = {
        "method": "POST",
        "url": url,
        "sendBody": True,
        "contentType": "raw",
        "rawContentType": "application/json",
        "body": body,
        "options": {"timeout": 10000},
    }
    return node(name, "httpRequest", 4.2, x, y, parameters, **flags)


def chain(name: str, *nodes: JsonObject) -> JsonObject:
    """A workflow whose nodes follow each other."""
    names = [str(entry["name"]) for entry in nodes]
    connections: JsonObject = {
        source: {"main": [[{"node": target, "type": "main", "index": 0}]]} for source, target in pairwise(names)
    }
    return {"name": name, "nodes": list(nodes), "connections": connections, "settings": {"executionOrder": "v1"}}
