"""JSON pointers (RFC 6901) into a definition."""

import copy

from pydantic import JsonValue

from capecontrol.features.workflows.definition.graph import JsonObject


def escape(name: str) -> str:
    """Return a member's name as a pointer's token."""
    return name.replace("~", "~0").replace("/", "~1")


def replaced(definition: JsonObject, values: dict[str, JsonValue]) -> JsonObject:
    """Return a copy with the values at their pointers.

    Raises:
        LookupError: a pointer leads nowhere.
    """
    changed = copy.deepcopy(definition)
    for pointer, value in values.items():
        *way, last = (token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])
        place: JsonValue = changed
        for token in way:
            place = _inner(place, token)
        if isinstance(place, dict) and last in place:
            place[last] = value
        elif isinstance(place, list) and last.isdigit() and int(last) < len(place):
            place[int(last)] = value
        else:
            raise LookupError(pointer)
    return changed


def _inner(place: JsonValue, token: str) -> JsonValue:
    if isinstance(place, dict):
        return place[token]
    if isinstance(place, list) and token.isdigit():
        return place[int(token)]
    raise LookupError(token)
