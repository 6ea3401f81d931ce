"""JSON as bodies carry it: read strictly, and not deeper than anybody needs."""

import json

from capecontrol.core.problems import Malformed

#: Deeper JSON than this is nobody's business data, and recursive readers choke on it.
DEPTH_MAX = 64


def read_json(body: bytes) -> object:
    """Return the value of a JSON text in UTF-8.

    Raises:
        Malformed: it is none, or nested too deeply.
    """
    try:
        value: object = json.loads(body.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Malformed("The body is not valid JSON.") from error
    if _depth(value) > DEPTH_MAX:
        raise Malformed(f"The body is nested more than {DEPTH_MAX} levels deep.")
    return value


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _depth(value: object) -> int:
    level, layer = 0, [value]
    while layer and level <= DEPTH_MAX:
        level += 1
        layer = [
            child
            for node in layer
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
    return level
