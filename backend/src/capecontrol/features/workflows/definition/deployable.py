"""Make the deployable definition: the parameters' values in, an acknowledgement in front, a signed callback behind.

The deployed workflow answers its trigger at once with the engine's execution id, does its work, and in the end calls
back with a signature over the exact bytes that it sends. The nodes and their wiring follow what n8n 1.123.81 was seen
to do; the local n8n runs the same definition.
"""

import copy
import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import JsonValue

from capecontrol.features.workflows.definition.graph import (
    RESPOND,
    STICKY_NOTE,
    JsonObject,
    is_enabled,
    links_of,
    name_of,
    nodes_of,
    of_type,
    position_of,
)
from capecontrol.features.workflows.definition.parameters import Parameter, ParameterValue
from capecontrol.features.workflows.definition.pointer import replaced
from capecontrol.features.workflows.definition.reading import trigger_of

ACK = "CapeControl: started"
RESULT = "CapeControl: result"
SIGNATURE = "CapeControl: signature"
CALLBACK = "CapeControl: callback"


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
    _call_back(made, trigger, entry, deployment)
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
    name = _free_name(made, ACK)
    _add(
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
    connections = _connections(made)
    # The node hands its items on, so what followed the trigger sees no difference.
    before = connections.get(name_of(trigger))
    connections[name] = copy.deepcopy(before) if isinstance(before, dict) else {"main": [[]]}
    connections[name_of(trigger)] = {"main": [[_target(name)]]}
    return name


def _call_back(made: JsonObject, trigger: JsonObject, entry: str, deployment: Deployment) -> None:
    """Add the chain result → signature → callback where it runs once, after everything else."""
    place, body = _end_of(made, trigger, entry)
    x = max(position_of(node)[0] for node in nodes_of(made))
    y = max(position_of(node)[1] for node in nodes_of(made)) + 300
    result, signature, callback = (_free_name(made, name) for name in (RESULT, SIGNATURE, CALLBACK))
    payload = (
        "={{ JSON.stringify({ execution_id: $execution.id, status: 'SUCCESS', "
        f"started_at: {body}.started_at || null, finished_at: new Date().toISOString(), error_message: null, "
        f"run_id: {body}.run_id || null }}) }}}}"
    )
    _add(
        made,
        result,
        "n8n-nodes-base.set",
        3.4,
        (x + 200, y),
        {
            "mode": "manual",
            "includeOtherFields": False,
            "assignments": {
                "assignments": [
                    {"id": "payload", "name": "payload", "type": "string", "value": payload},
                    {
                        "id": "timestamp",
                        "name": "timestamp",
                        "type": "string",
                        "value": "={{ String(Math.floor(Date.now() / 1000)) }}",
                    },
                ]
            },
            "options": {},
        },
        executeOnce=True,
    )
    _add(
        made,
        signature,
        "n8n-nodes-base.crypto",
        1,
        (x + 400, y),
        {
            "action": "hmac",
            "type": "SHA256",
            "value": "={{ $json.timestamp + '.' + $json.payload }}",
            "dataPropertyName": "signature",
            "secret": deployment.callback_secret,
            "encoding": "hex",
        },
    )
    _add(
        made,
        callback,
        "n8n-nodes-base.httpRequest",
        4.2,
        (x + 600, y),
        {
            "method": "POST",
            "url": deployment.callback_url,
            "sendHeaders": True,
            "headerParameters": {
                "parameters": [
                    {"name": "X-Timestamp", "value": "={{ $json.timestamp }}"},
                    {"name": "X-Signature", "value": "=sha256={{ $json.signature }}"},
                ]
            },
            "sendBody": True,
            "contentType": "raw",
            "rawContentType": "application/json",
            "body": "={{ $json.payload }}",
            "options": {"timeout": 10000},
        },
        retryOnFail=True,
        maxTries=3,
        waitBetweenTries=2000,
        # The work is done by now: that we did not hear of it must not turn the run into a failure. We ask later.
        onError="continueRegularOutput",
    )
    connections = _connections(made)
    _join(connections, place, result)
    _join(connections, result, signature)
    _join(connections, signature, callback)


def _end_of(made: JsonObject, trigger: JsonObject, entry: str) -> tuple[str, str]:
    """Return the node that the callback hangs on, and the expression of the trigger's body there.

    It hangs on the entry, as the lowest branch: that one runs last and exactly once, however many items or branches
    the work has, and also when the last node gives no items. Only where branches join again (a Merge may wait until
    no other branch is left) and end in one node, it hangs on that node.
    """
    links = list(links_of(made))
    if any(link.target_input > 0 for link in links):
        sources = {link.source for link in links}
        reached = _reached(entry, [(link.source, link.target) for link in links])
        ends = [
            name_of(node)
            for node in nodes_of(made)
            if name_of(node) in reached - sources and is_enabled(node) and node.get("type") != STICKY_NOTE
        ]
        name = name_of(trigger).replace("\\", "\\\\").replace("'", "\\'")
        if len(ends) == 1 and "}}" not in name:
            return ends[0], f"($('{name}').first().json.body || {{}})"
    return entry, "($json.body || {})"


def _reached(start: str, links: Sequence[tuple[str, str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        current = waiting.pop()
        for source, target in links:
            if source == current and target not in found:
                found.add(target)
                waiting.append(target)
    return found


def _free_name(made: JsonObject, wanted: str) -> str:
    taken = {name_of(node) for node in nodes_of(made)}
    number = 1
    name = wanted
    while name in taken:
        number += 1
        name = f"{wanted} {number}"
    return name


def _add(
    made: JsonObject,
    name: str,
    kind: str,
    version: float,
    position: tuple[float, float],
    parameters: JsonObject,
    **flags: JsonValue,
) -> None:
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


def _connections(made: JsonObject) -> JsonObject:
    connections = made["connections"]
    if not isinstance(connections, dict):
        raise TypeError("a definition's connections are an object")
    return connections


def _join(connections: JsonObject, source: str, target: str) -> None:
    """Add a connection from the first output."""
    found = connections.get(source)
    outgoing = dict(found) if isinstance(found, dict) else {}
    main = outgoing.get("main")
    outputs: list[JsonValue] = list(main) if isinstance(main, list) and main else [[]]
    first = outputs[0]
    outputs[0] = [*(first if isinstance(first, list) else []), _target(target)]
    connections[source] = {**outgoing, "main": outputs}


def _target(name: str) -> JsonObject:
    return {"node": name, "type": "main", "index": 0}
