"""Deployable definitions, run by both engines: acknowledged at once, called back with a signature that holds."""

import asyncio
import hashlib
import hmac
import json
import logging
import time
from pathlib import Path

import pytest

from capecontrol.features.workflows.definition.deployable import Deployment, make_deployable
from capecontrol.features.workflows.definition.graph import JsonObject
from capecontrol.features.workflows.definition.literals import ParameterType, literals_of
from capecontrol.features.workflows.definition.parameters import Parameter, ParameterValue
from capecontrol.features.workflows.definition.reading import read_file
from tests.adapters.n8n.conftest import Subject
from tests.adapters.n8n.receiver import Received, Receiver
from tests.adapters.n8n.samples import chain, fields, node, post, webhook

#: Shown by ``--log-cli-level=INFO``: the ids that the engine returned.
log = logging.getLogger("n8n")

FILES = Path(__file__).parents[2] / "features" / "workflows" / "files"
SAMPLE = Path(__file__).parents[4] / "docs" / "guides" / "samples" / "n8n-lead-capture.json"
CASES = [*sorted(FILES.glob("*.json")), SAMPLE]


def urls_as_parameters(definition: JsonObject, url: str) -> tuple[list[Parameter], dict[str, ParameterValue]]:
    """Make every address in the file a parameter, so that nothing is called but the receiver."""
    places = [one.pointer for one in literals_of(definition) if str(one.value).startswith("http://127.0.0.1")]
    parameters = [Parameter(f"url{n}", "URL", ParameterType.TEXT, True, None, p) for n, p in enumerate(places)]
    return parameters, {parameter.key: url for parameter in parameters}


def holds(received: Received, secret: str) -> bool:
    timestamp = received.headers["x-timestamp"]
    assert abs(int(timestamp) - time.time()) < 60
    expected = hmac.new(secret.encode(), f"{timestamp}.".encode() + received.body, hashlib.sha256).hexdigest()
    return received.headers["x-signature"] == f"sha256={expected}"


async def deploy(subject: Subject, receiver: Receiver, definition: JsonObject, path: str, secret: str) -> str:
    parameters, values = urls_as_parameters(definition, f"{receiver.base_url}/own/{path}")
    deployment = Deployment(f"deployed {path}", path, f"{receiver.base_url}/callback/{path}", secret)
    return await subject.deploy(make_deployable(definition, parameters, values, deployment))


@pytest.mark.parametrize("content", [file.read_text() for file in CASES], ids=[file.stem for file in CASES])
async def test_files_run_and_call_back(subject: Subject, receiver: Receiver, path: str, content: str) -> None:
    definition = read_file(json.loads(content))
    workflow_id = await deploy(subject, receiver, definition, path, "s3cret-€")
    body: JsonObject = {"run_id": "run-7", "started_at": "2026-11-21T01:00:00Z", "input": {"q": "h€llo"}, "budget": 5}
    ack = await subject.engine.trigger(subject.connection, path, body)
    assert ack.execution_id is not None
    (received,) = receiver.at(f"/callback/{path}")
    assert holds(received, "s3cret-€")
    assert not holds(received, "another")
    said = json.loads(received.body)
    assert said | {"finished_at": ""} == {
        "execution_id": ack.execution_id,
        "status": "SUCCESS",
        "started_at": "2026-11-21T01:00:00Z",
        "finished_at": "",
        "error_message": None,
        "run_id": "run-7",
    }
    assert said["finished_at"].endswith("Z")
    log.info("%s n8n: workflow %s, execution %s", subject.kind, workflow_id, ack.execution_id)


async def test_the_callback_comes_last_and_once(subject: Subject, receiver: Receiver, path: str) -> None:
    """Two branches, several items, the lower branch standing higher than the file's trigger."""
    own = f"{receiver.base_url}/own/{path}"
    split: JsonObject = {"mode": "runOnceForAllItems", "jsCode": "return [{json: {n: 1}}, {json: {n: 2}}];"}
    definition = chain("many", webhook(path, "lastNode"), node("Split", "code", 2, 200, 300, split))
    nodes, connections = definition["nodes"], definition["connections"]
    assert isinstance(nodes, list)
    assert isinstance(connections, dict)
    nodes += [post("A", own, "={{ JSON.stringify($json) }}", 400, 600), post("B", own, "={{ '{}' }}", 400, -600)]
    connections["Split"] = {
        "main": [[{"node": "A", "type": "main", "index": 0}, {"node": "B", "type": "main", "index": 0}]]
    }
    await deploy(subject, receiver, read_file(definition), path, "k")
    await subject.engine.trigger(subject.connection, path, {"run_id": "r"})
    receiver.at(f"/callback/{path}")
    order = [r.path.split("/")[1] for r in receiver.requests if r.path.endswith(path)]
    assert order == ["own", "own", "own", "own", "callback"]


async def test_a_direct_call_of_the_webhook_is_told_too(subject: Subject, receiver: Receiver, path: str) -> None:
    await deploy(subject, receiver, read_file(chain("plain", webhook(path), fields("Set", 200, a="b"))), path, "k")
    ack = await subject.engine.trigger(subject.connection, path, {})
    (received,) = receiver.at(f"/callback/{path}")
    said = json.loads(received.body)
    assert (said["execution_id"], said["run_id"], said["started_at"]) == (ack.execution_id, None, None)


async def test_a_changed_secret_breaks_the_signature(subject: Subject, receiver: Receiver, path: str) -> None:
    definition = read_file(chain("plain", webhook(path), fields("Set", 200, a="b")))
    workflow_id = await deploy(subject, receiver, definition, path, "first")
    deployment = Deployment("changed", path, f"{receiver.base_url}/callback/{path}", "second")
    await subject.engine.update_workflow(
        subject.connection, workflow_id, make_deployable(definition, [], {}, deployment)
    )
    await subject.engine.trigger(subject.connection, path, {})
    (received,) = receiver.at(f"/callback/{path}")
    assert not holds(received, "first")
    assert holds(received, "second")


async def test_a_callback_that_is_not_taken_does_not_fail_the_run(
    subject: Subject, receiver: Receiver, path: str
) -> None:
    definition = read_file(chain("plain", webhook(path), fields("Set", 200, a="b")))
    deployment = Deployment("deaf", path, f"{receiver.base_url}/fail/{path}", "k")
    await subject.deploy(make_deployable(definition, [], {}, deployment))
    ack = await subject.engine.trigger(subject.connection, path, {})
    assert len(receiver.at(f"/fail/{path}", 3)) == 3, "n8n tried three times"
    execution = None
    for _ in range(200):
        execution = await subject.engine.get_execution(subject.connection, ack.execution_id or "")
        if execution and execution.status.is_final:
            break
        await asyncio.sleep(0.05)
    assert execution is not None
    assert execution.status.name == "SUCCESS"
