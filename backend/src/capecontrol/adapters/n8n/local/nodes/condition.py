"""If, version 2: items that fulfil the conditions leave by the first output, the others by the second."""

import re
from collections.abc import Callable

from pydantic import JsonValue

from capecontrol.adapters.n8n.local.item import Item, JsonObject
from capecontrol.adapters.n8n.local.step import NodeFailed, Step, object_at, objects_at, text_of

Comparison = Callable[[JsonValue, JsonValue], bool]


async def run(step: Step) -> list[list[Item]]:
    """Sort the items."""
    held: list[Item] = []
    failed: list[Item] = []
    for index, item in enumerate(step.items):
        parameters = await step.parameters(index)
        (held if _holds(object_at(parameters, "conditions")) else failed).append(Item(item.json, source=item))
    return [held, failed]


def _holds(conditions: JsonObject) -> bool:
    is_case_sensitive = object_at(conditions, "options").get("caseSensitive") is not False
    results = [_compared(entry, is_case_sensitive) for entry in objects_at(conditions, "conditions")]
    return any(results) if conditions.get("combinator") == "or" else all(results)


def _compared(entry: JsonObject, is_case_sensitive: bool) -> bool:
    operator = object_at(entry, "operator")
    kind, operation = text_of(operator.get("type"), "string"), text_of(operator.get("operation"), "equals")
    left, right = entry.get("leftValue"), entry.get("rightValue")
    if kind == "string" and not is_case_sensitive:
        left, right = (value.lower() if isinstance(value, str) else value for value in (left, right))
    comparison = _GENERAL.get(operation) or _BY_KIND.get(kind, {}).get(operation)
    if comparison is None:
        raise NodeFailed(f"The local n8n's If node does not know {kind} {operation}")
    return comparison(left, right)


def _number(value: JsonValue) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise NodeFailed(f"Wrong type: '{text_of(value)[:80]}' was expected to be a number")
    try:
        return float(value)
    except ValueError:
        raise NodeFailed(f"Wrong type: '{text_of(value)[:80]}' was expected to be a number") from None


def _matches(left: JsonValue, right: JsonValue) -> bool:
    try:
        return re.search(text_of(right), text_of(left)) is not None
    except re.error:
        raise NodeFailed("Invalid regular expression") from None


def _is_empty(value: JsonValue) -> bool:
    return value in (None, "", [], {})


_GENERAL: dict[str, Comparison] = {
    "exists": lambda left, _: left is not None,
    "notExists": lambda left, _: left is None,
    "empty": lambda left, _: _is_empty(left),
    "notEmpty": lambda left, _: not _is_empty(left),
}
_BY_KIND: dict[str, dict[str, Comparison]] = {
    "string": {
        "equals": lambda left, right: text_of(left) == text_of(right),
        "notEquals": lambda left, right: text_of(left) != text_of(right),
        "contains": lambda left, right: text_of(right) in text_of(left),
        "notContains": lambda left, right: text_of(right) not in text_of(left),
        "startsWith": lambda left, right: text_of(left).startswith(text_of(right)),
        "endsWith": lambda left, right: text_of(left).endswith(text_of(right)),
        "regex": _matches,
    },
    "number": {
        "equals": lambda left, right: _number(left) == _number(right),
        "notEquals": lambda left, right: _number(left) != _number(right),
        "gt": lambda left, right: _number(left) > _number(right),
        "lt": lambda left, right: _number(left) < _number(right),
        "gte": lambda left, right: _number(left) >= _number(right),
        "lte": lambda left, right: _number(left) <= _number(right),
    },
    "boolean": {
        "true": lambda left, _: left is True,
        "false": lambda left, _: left is False,
        "equals": lambda left, right: left is right,
        "notEquals": lambda left, right: left is not right,
    },
    "array": {
        "contains": lambda left, right: isinstance(left, list) and right in left,
        "lengthEquals": lambda left, right: isinstance(left, list) and len(left) == _number(right),
    },
}
