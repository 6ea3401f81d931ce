"""Edit Fields (Set), version 3."""

import json

from pydantic import JsonValue

from capecontrol.adapters.n8n.local.item import Item, JsonObject
from capecontrol.adapters.n8n.local.step import NodeFailed, Step, object_at, objects_at, text_of


async def run(step: Step) -> list[list[Item]]:
    """Make one item of each: the assigned fields, with or without those that came in."""
    made = []
    for index, item in enumerate(step.items):
        parameters = await step.parameters(index)
        fields = _kept(item.json, parameters, step.node.version)
        dotted = object_at(parameters, "options").get("dotNotation") is not False
        if parameters.get("mode") == "raw":
            raw = parameters.get("jsonOutput")
            fields |= raw if isinstance(raw, dict) else _parsed_object(text_of(raw))
        else:
            for name, value in _assigned(parameters, step.node.version):
                _put(fields, name.split(".") if dotted else [name], value)
        made.append(Item(fields, source=item))
    return [made]


def _kept(incoming: JsonObject, parameters: JsonObject, version: float) -> JsonObject:
    include = text_of(parameters.get("include"), "all")
    if version >= 3.3 and parameters.get("includeOtherFields") is not True:
        return {}
    if include == "selected":
        names = {name.strip() for name in text_of(parameters.get("includeFields")).split(",")}
        return {key: value for key, value in incoming.items() if key in names}
    if include == "except":
        names = {name.strip() for name in text_of(parameters.get("excludeFields")).split(",")}
        return {key: value for key, value in incoming.items() if key not in names}
    return {} if include == "none" else dict(incoming)


def _assigned(parameters: JsonObject, version: float) -> list[tuple[str, JsonValue]]:
    if version >= 3.3:
        return [
            (name := text_of(entry.get("name")), _typed(name, text_of(entry.get("type"), "string"), entry.get("value")))
            for entry in objects_at(parameters, "assignments", "assignments")
        ]
    fields = []
    for entry in objects_at(parameters, "fields", "values"):
        name, kind = text_of(entry.get("name")), text_of(entry.get("type"), "stringValue")
        fields.append((name, _typed(name, kind.removesuffix("Value"), entry.get(kind))))
    return fields


def _typed(name: str, kind: str, value: JsonValue) -> JsonValue:
    if value is None:
        return None
    match kind:
        case "string":
            return (
                json.dumps(value, ensure_ascii=False, separators=(",", ":"))
                if isinstance(value, dict | list)
                else text_of(value)
            )
        case "number":
            return _number(name, value)
        case "boolean":
            return _boolean(name, value)
        case "array" | "object":
            return _structure(name, kind, value)
    return value


def _number(name: str, value: JsonValue) -> JsonValue:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    try:
        number = float(text_of(value))
    except ValueError:
        raise _mismatch(name, "number", value) from None
    return int(number) if number.is_integer() else number


def _boolean(name: str, value: JsonValue) -> JsonValue:
    if isinstance(value, bool):
        return value
    known = {"true": True, "1": True, "false": False, "0": False}
    try:
        return known[text_of(value).lower()]
    except KeyError:
        raise _mismatch(name, "boolean", value) from None


def _structure(name: str, kind: str, value: JsonValue) -> JsonValue:
    wanted = list if kind == "array" else dict
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise _mismatch(name, kind, value) from None
    if not isinstance(value, wanted):
        raise _mismatch(name, kind, value)
    return value


def _mismatch(name: str, kind: str, value: JsonValue) -> NodeFailed:
    article = "an" if kind[0] in "ao" else "a"
    return NodeFailed(f"'{name}' expects {article} {kind} but we got '{text_of(value)[:80]}'")


def _parsed_object(text: str) -> JsonObject:
    try:
        parsed = json.loads(text)
    except ValueError:
        raise NodeFailed("The 'JSON Output' in item 0 does not contain a valid JSON object") from None
    if not isinstance(parsed, dict):
        raise NodeFailed("The 'JSON Output' in item 0 does not contain a valid JSON object")
    return parsed


def _put(fields: JsonObject, path: list[str], value: JsonValue) -> None:
    place = fields
    for name in path[:-1]:
        inner = place.get(name)
        # A copy: the item that came in keeps what it holds.
        inner = dict(inner) if isinstance(inner, dict) else {}
        place[name] = inner
        place = inner
    place[path[-1]] = value
