"""The whole line through our HTTP API against a real n8n: set N8N_TEST_URL and N8N_TEST_API_KEY (bench/real_n8n)."""

import logging
import os
from datetime import timedelta
from typing import Any

import pytest

from tests.adapters.n8n.receiver import Receiver
from tests.adapters.n8n.samples import chain, post, webhook
from tests.features.workflows.conftest import Automation, Servers, workflow_file
from tests.features.workflows.test_workflows import PARAMETERS, watch
from tests.moving_clock import MovingClock

pytestmark = pytest.mark.real_n8n

#: Shown by ``--log-cli-level=INFO``: the version and the ids that the engine returned.
log = logging.getLogger("n8n")


@pytest.fixture
def servers(served_api: str) -> Servers:
    """The real one in the place of the local."""
    address, key = os.environ.get("N8N_TEST_URL", "").rstrip("/"), os.environ.get("N8N_TEST_API_KEY", "")
    if not address or not key:
        pytest.skip("N8N_TEST_URL and N8N_TEST_API_KEY are not set")
    return Servers(served_api, address, key)


async def remove(automation: Automation, workflow_id: str) -> None:
    assert (await automation.operator.client.delete(f"/api/workflows/{workflow_id}")).status_code == 202
    await automation.drain()


@pytest.mark.parametrize("name", ["callback", "lab-ack", "lab-async"])
async def test_imported_deployed_started_called_back(automation: Automation, receiver: Receiver, name: str) -> None:
    definition, parameters, values = workflow_file(name), list[dict[str, Any]](), dict[str, Any]()
    if name == "callback":
        parameters, values = PARAMETERS, {"url": f"{receiver.base_url}/own/real", "secret": "s€cret"}
    if name == "lab-ack":
        parameters = [{"key": "url", "label": "URL", "type": "TEXT", "pointer": "/nodes/3/parameters/url"}]
        values = {"url": f"{receiver.base_url}/own/real"}
    environment = await automation.environment("Real n8n")
    shown = (await automation.operator.client.get(f"/api/workflows/environments/{environment}")).json()
    workflow_id = await automation.deployed(definition, parameters, values, environment=environment)
    execution_id = await automation.trigger(workflow_id, {"input": {"q": "h€llo"}})
    run = await automation.ended(workflow_id, execution_id)
    assert (run["status"], run["error_message"]) == ("SUCCESS", None)
    assert [one["id"] for one in await automation.executions(workflow_id, automation.owner)] == [execution_id]
    log.info("n8n %s: %s ran as execution %s, called back", shown["version"], name, run["engine_execution_id"])
    await remove(automation, workflow_id)


async def test_a_failed_run_is_found_by_asking(automation: Automation, receiver: Receiver, clock: MovingClock) -> None:
    url = f"{receiver.base_url}/fail/real"
    workflow_id = await automation.deployed(chain("failing", webhook("x"), post("Tell", url, "={{ '{}' }}", 200)))
    execution_id = await automation.trigger(workflow_id)
    receiver.at("/fail/real")
    clock.advance(timedelta(seconds=30))
    for _ in range(20):
        await watch(automation)
        if (await automation.executions(workflow_id))[0]["status"] != "RUNNING":
            break
    run = await automation.ended(workflow_id, execution_id)
    assert (run["status"], run["error_message"]) == ("ERROR", "Tell: The service was not able to process your request")
    await remove(automation, workflow_id)


async def test_pause_resume_redeploy(automation: Automation) -> None:
    client = automation.operator.client
    workflow_id = await automation.deployed(workflow_file("lab-async"))
    assert (await client.post(f"/api/workflows/{workflow_id}/pause")).json()["status"] == "PAUSED"
    assert (await client.post(f"/api/workflows/{workflow_id}/resume")).json()["status"] == "ACTIVE"
    assert (await client.post(f"/api/workflows/{workflow_id}/redeploy")).status_code == 202
    await automation.drain()
    assert (await automation.workflow(workflow_id))["status"] == "ACTIVE"
    await remove(automation, workflow_id)


async def test_what_n8n_refuses_is_told(automation: Automation) -> None:
    definition = chain("odd", webhook("x"), {**webhook("y"), "name": "Odd", "type": "n8n-nodes-base.doesNotExist"})
    workflow_id = await automation.deployed(definition, expect="FAILED")
    reason = (await automation.workflow(workflow_id))["failure_reason"]
    assert reason == "The n8n server didn't accept this: Unrecognized node type: n8n-nodes-base.doesNotExist"
    await remove(automation, workflow_id)
