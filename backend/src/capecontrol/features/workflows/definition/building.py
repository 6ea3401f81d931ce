"""How a definition is added to: nodes, and connections between them."""

import hashlib

from pydantic import JsonValue

from capecontrol.features.workflows.definition.graph import JsonObject, name_of, nodes_of


def free_name(made: JsonObject, wanted: str) -> str:
    """Return a name for a node that no other node has."""
    taken = {name_of(node) for node in nodes_of(made)}
    number = 1
    name = wanted
    while name in taken:
        number += 1
        name = f"{wanted} {number}"
    return name


def add_node(
    made: JsonObject,
    name: str,
    kind: str,
    version: float,
    position: tuple[float, float],
    parameters: JsonObject,
    **flags: JsonValue,
) -> None:
    """Add a node; its id follows from its name, so that the same definition is always the same."""
    nodes = made["nodes"]
    if not isinstance(nodes, list):
        raise TypeError("a definition's nodes are a list")
    nodes.append(
        {
            "id": hashlib.sha256(name.encode()).hexdigest()[:32],
            "name": name,
            "type": kind,
            "typeVersion": version,
            "position": [position[0], position[1]],
            "parameters": parameters,
            **flags,
        }
    )


def connections_of(made: JsonObject) -> JsonObject:
    """Return the connections of a definition, to be changed in place."""
    connections = made["connections"]
    if not isinstance(connections, dict):
        raise TypeError("a definition's connections are an object")
    return connections


def connect(connections: JsonObject, source: str, target: str) -> None:
    """Add a connection from the first output of a node."""
    found = connections.get(source)
    outgoing = dict(found) if isinstance(found, dict) else {}
    main = outgoing.get("main")
    outputs: list[JsonValue] = list(main) if isinstance(main, list) and main else [[]]
    first = outputs[0]
    outputs[0] = [*(first if isinstance(first, list) else []), first_input(target)]
    connections[source] = {**outgoing, "main": outputs}


def first_input(name: str) -> JsonObject:
    """Return the end of a connection: a node's first input."""
    return {"node": name, "type": "main", "index": 0}
