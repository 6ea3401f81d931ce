"""Make the deployable definition: the parameters' values in, an acknowledgement in front, a signed callback behind.

The deployed workflow answers its trigger at once with the engine's execution id, does its work, and in the end calls
back with a signature over the exact bytes that it sends. The nodes and their wiring follow what n8n 1.123.81 was seen
to do; the local n8n runs the same definition.
"""

import copy
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import JsonValue

from capecontrol.features.workflows.definition.building import add_node, connections_of, first_input, free_name
from capecontrol.features.workflows.definition.callback import call_back
from capecontrol.features.workflows.definition.graph import (
    RESPOND,
    JsonObject,
    name_of,
    nodes_of,
    of_type,
    position_of,
)
from capecontrol.features.workflows.definition.parameters import Parameter, ParameterValue
from capecontrol.features.workflows.definition.pointer import replaced
from capecontrol.features.workflows.definition.reading import trigger_of

ACK = "CapeControl: started"


@dataclass(frozen=True, slots=True)
class Deployment:
    """What one deployment adds to a template."""

    name: str
    webhook_path: str
    callback_url: str
    callback_secret: str = field(repr=False)


def make_deployable(
    definition: JsonObject,
    parameters: Sequence[Parameter],
    values: Mapping[str, ParameterValue],
    deployment: Deployment,
) -> JsonObject:
    """Return the definition to send to the engine.

    Args:
        definition: a template's, as ``read_file`` gave it.
        parameters: the template's parameters.
        values: by key, as ``resolve_values`` gave them; a parameter without a value leaves the file's.
        deployment: the workflow's name there, its webhook path, where it calls back and the secret that signs.

    The trigger's body may carry ``run_id`` and ``started_at``; the callback gives both back.
    """
    chosen: dict[str, JsonValue] = {p.pointer: values[p.key] for p in parameters if p.key in values}
    made = replaced(definition, chosen)
    made["name"] = deployment.name
    made["settings"] = _settings(made.get("settings"))
    for node in nodes_of(made):
        _keep_filled_credentials(node)
    trigger = trigger_of(made)
    _listen(trigger, deployment.webhook_path)
    entry = name_of(trigger) if of_type(made, RESPOND) else _acknowledge(made, trigger)
    call_back(made, trigger, entry, url=deployment.callback_url, secret=deployment.callback_secret)
    return made


def _settings(value: JsonValue) -> JsonObject:
    settings = dict(value) if isinstance(value, dict) else {}
    # v1 runs branches one after the other, the upper first: the callback, lowest of all, comes last. The runs' data
    # are kept so that a run whose callback was lost can be asked for.
    return {
        **settings,
        "executionOrder": "v1",
        "saveDataSuccessExecution": "all",
        "saveDataErrorExecution": "all",
    }


def _keep_filled_credentials(node: JsonObject) -> None:
    credentials = node.get("credentials")
    if isinstance(credentials, dict):
        filled = {k: slot for k, slot in credentials.items() if isinstance(slot, dict) and slot.get("id")}
        if filled:
            node["credentials"] = dict(filled)
        else:
            del node["credentials"]


def _listen(trigger: JsonObject, webhook_path: str) -> None:
    given = trigger.get("parameters")
    parameters = dict(given) if isinstance(given, dict) else {}
    for name in ("multipleMethods", "authentication", "responseData", "responseCode"):
        parameters.pop(name, None)
    # The path is the key: 256 random bits, known to us and the engine. A credential would need an id over there.
    trigger.pop("credentials", None)
    trigger["parameters"] = {
        **parameters,
        "httpMethod": "POST",
        "path": webhook_path,
        "responseMode": "responseNode",
        "options": _without_response(parameters.get("options")),
    }
    trigger["webhookId"] = str(uuid.uuid5(uuid.NAMESPACE_URL, webhook_path))


def _without_response(value: JsonValue) -> JsonObject:
    """Return the webhook's options without the file's own answer, and with a body that is read as JSON."""
    options = dict(value) if isinstance(value, dict) else {}
    return {key: inner for key, inner in options.items() if not key.startswith("response") and key != "rawBody"}


def _acknowledge(made: JsonObject, trigger: JsonObject) -> str:
    """Put a node behind the trigger that answers 202 with the execution's id; return its name."""
    x, y = position_of(trigger)
    name = free_name(made, ACK)
    add_node(
        made,
        name,
        "n8n-nodes-base.respondToWebhook",
        1.1,
        (x + 100, y),
        {
            "respondWith": "json",
            "responseBody": "={{ JSON.stringify({ execution_id: $execution.id }) }}",
            "options": {"responseCode": 202},
        },
    )
    connections = connections_of(made)
    # The node hands its items on, so what followed the trigger sees no difference.
    before = connections.get(name_of(trigger))
    connections[name] = copy.deepcopy(before) if isinstance(before, dict) else {"main": [[]]}
    connections[name_of(trigger)] = {"main": [[first_input(name)]]}
    return name
