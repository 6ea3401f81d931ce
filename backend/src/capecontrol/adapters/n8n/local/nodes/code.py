"""Code, JavaScript, once for all items or once for each."""

from pydantic import JsonValue

from capecontrol.adapters.n8n.local.item import Item
from capecontrol.adapters.n8n.local.javascript import Undefined
from capecontrol.adapters.n8n.local.step import NodeFailed, Step, text_of


async def run(step: Step) -> list[list[Item]]:
    """Make items of what the code returns."""
    parameters = step.node.parameters
    if text_of(parameters.get("language"), "javaScript") != "javaScript":
        raise NodeFailed("The local n8n's Code node runs JavaScript only")
    code = text_of(parameters.get("jsCode"))
    if text_of(parameters.get("mode"), "runOnceForAllItems") == "runOnceForAllItems":
        source = step.items[0] if len(step.items) == 1 else None
        return [_items(await step.run_code(code, 0), source)]
    made: list[Item] = []
    for index, item in enumerate(step.items):
        made += _items(await step.run_code(code, index), item)
    return [made]


def _items(value: JsonValue | Undefined, source: Item | None) -> list[Item]:
    found = value if isinstance(value, list) else [value]
    made = []
    for entry in found:
        if not isinstance(entry, dict):
            raise NodeFailed("Code doesn't return items properly")
        inner = entry.get("json", entry)
        if not isinstance(inner, dict):
            raise NodeFailed("A 'json' property isn't an object")
        made.append(Item(inner, source=source))
    return made
