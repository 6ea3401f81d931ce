"""Respond to Webhook."""

import json

from pydantic import JsonValue

from capecontrol.adapters.n8n.local.item import Item, JsonObject
from capecontrol.adapters.n8n.local.step import NodeFailed, Step, WebhookAnswer, object_at, objects_at, text_of


async def run(step: Step) -> list[list[Item]]:
    """Answer the webhook's caller, and hand the items on: the workflow continues."""
    if step.items:
        parameters = await step.parameters(0)
        step.respond(_answer(parameters, [item.json for item in step.items]))
    return [step.items]


def _answer(parameters: JsonObject, items: list[JsonObject]) -> WebhookAnswer:
    options = object_at(parameters, "options")
    code = options.get("responseCode")
    status = code if isinstance(code, int) and 100 <= code <= 599 else 200
    headers = {
        text_of(entry.get("name")): text_of(entry.get("value"))
        for entry in objects_at(options, "responseHeaders", "entries")
        if entry.get("name")
    }
    match text_of(parameters.get("respondWith"), "firstIncomingItem"):
        case "json":
            return WebhookAnswer(status, _json(parameters.get("responseBody")), headers)
        case "text":
            return WebhookAnswer(status, text_of(parameters.get("responseBody")), headers, is_text=True)
        case "noData":
            return WebhookAnswer(status, None, headers)
        case "allIncomingItems":
            everything: list[JsonValue] = list(items)
            return WebhookAnswer(status, everything, headers)
        case "firstIncomingItem":
            return WebhookAnswer(status, items[0], headers)
        case other:
            raise NodeFailed(f"The local n8n cannot respond with {other}")


def _json(body: JsonValue) -> JsonValue:
    if not isinstance(body, str):
        return body
    try:
        parsed: JsonValue = json.loads(body)
    except ValueError:
        raise NodeFailed("Invalid JSON in 'Response Body' field") from None
    return parsed
