"""The end of a deployed workflow: what came of the run, signed over its exact bytes, and sent to us."""

from collections.abc import Sequence

from capecontrol.features.workflows.definition.building import add_node, connect, connections_of, free_name
from capecontrol.features.workflows.definition.graph import (
    STICKY_NOTE,
    JsonObject,
    is_enabled,
    links_of,
    name_of,
    nodes_of,
    position_of,
)

RESULT = "CapeControl: result"
SIGNATURE = "CapeControl: signature"
CALLBACK = "CapeControl: callback"


def call_back(made: JsonObject, trigger: JsonObject, entry: str, *, url: str, secret: str) -> None:
    """Add the nodes result → signature → callback where they run once, after everything else.

    Args:
        made: the definition.
        trigger: its trigger.
        entry: the name of the node after which the work begins.
        url: where it calls back.
        secret: what signs the callback.
    """
    place, body = _end_of(made, trigger, entry)
    x = max(position_of(node)[0] for node in nodes_of(made))
    y = max(position_of(node)[1] for node in nodes_of(made)) + 300
    result, signature, callback = (free_name(made, name) for name in (RESULT, SIGNATURE, CALLBACK))
    payload = (
        "={{ JSON.stringify({ execution_id: $execution.id, status: 'SUCCESS', "
        f"started_at: {body}.started_at || null, finished_at: new Date().toISOString(), error_message: null, "
        f"run_id: {body}.run_id || null }}) }}}}"
    )
    add_node(
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
    add_node(
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
            "secret": secret,
            "encoding": "hex",
        },
    )
    add_node(
        made,
        callback,
        "n8n-nodes-base.httpRequest",
        4.2,
        (x + 600, y),
        {
            "method": "POST",
            "url": url,
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
    connections = connections_of(made)
    connect(connections, place, result)
    connect(connections, result, signature)
    connect(connections, signature, callback)


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
