"""Deploying, starting, pausing; what the client sees."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from capecontrol.adapters.n8n.client import N8nEngine
from capecontrol.adapters.outbound.client import OutboundHttp
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.outbox.registry import SlotDue
from capecontrol.core.ports import Ports
from capecontrol.features.workflows.ports import AutomationEngine
from tests.adapters.n8n.receiver import Receiver
from tests.adapters.n8n.samples import JsonObject, chain, fields, node, post, webhook
from tests.features.audit.log import search
from tests.features.workflows import at_engine
from tests.features.workflows.conftest import N8N_KEY, Automation, until, wire, workflow_file
from tests.moving_clock import MovingClock
from tests.people import SYSTEM, People

PARAMETERS = [
    {"key": "url", "label": "Where to tell", "type": "TEXT", "pointer": "/nodes/3/parameters/url"},
    {"key": "secret", "label": "Signing secret", "type": "SECRET", "pointer": "/nodes/2/parameters/secret"},
]


async def test_from_a_file_to_the_clients_log(automation: Automation, receiver: Receiver) -> None:
    """The notes' workflow: imported, deployed with values, started, called back, seen by the client."""
    url = f"{receiver.base_url}/own/line"
    values = {"url": url, "secret": "a-secret-of-the-client"}
    workflow_id = await automation.deployed(workflow_file("callback"), PARAMETERS, values)
    execution_id = await automation.trigger(workflow_id, {"input": {"q": "h€llo"}})
    (told,) = receiver.at("/own/line")
    assert f'"run_id":"{execution_id}"'.encode() in told.body
    run = await automation.ended(workflow_id, execution_id)
    assert run["status"] == "SUCCESS"
    assert run["trigger"] == "MANUAL"
    assert run["engine_execution_id"].isdigit()
    assert run["error_message"] is None
    assert run["started_at"] <= run["finished_at"]
    seen = await automation.executions(workflow_id, automation.owner)
    assert [one["id"] for one in seen] == [execution_id]
    operator_sees = await automation.workflow(workflow_id)
    assert operator_sees["parameters"] == [
        {"key": "url", "label": "Where to tell", "type": "TEXT", "value": url},
        {"key": "secret", "label": "Signing secret", "type": "SECRET", "value": None},
    ]
    assert operator_sees["steps"] == ["trigger", "pause", "redeploy", "remove"]


async def test_clients_see_their_own_and_nothing_of_the_engine(automation: Automation, people: People) -> None:
    workflow_id = await automation.deployed(workflow_file("lab-async"))
    mine = await automation.workflow(workflow_id, automation.owner)
    hidden = ("environment_id", "template_id", "engine_workflow_id")
    assert [mine[member] for member in hidden] == [None, None, None]
    assert (mine["parameters"], mine["steps"], mine["project"]["title"]) == ([], [], "Lead capture")
    assert mine["organization"] == {"id": str(automation.owner.org_id), "name": "Harbour Logistics"}
    listed = (await automation.owner.client.get("/api/workflows")).json()["items"]
    assert [one["id"] for one in listed] == [workflow_id]
    for method, path in (("POST", "/trigger"), ("POST", "/pause"), ("POST", "/redeploy"), ("DELETE", "")):
        refused = await automation.owner.client.request(method, f"/api/workflows/{workflow_id}{path}")
        assert refused.status_code == 403, path
    other = await people.owner("Somebody Else")
    assert (await other.client.get(f"/api/workflows/{workflow_id}")).status_code == 404
    assert (await other.client.get(f"/api/workflows/{workflow_id}/executions")).status_code == 404
    assert (await other.client.get("/api/workflows")).json()["items"] == []


async def test_a_deployment_is_told_once_with_the_name_of_who_asked_for_it(automation: Automation) -> None:
    workflow_id = await automation.deployed(workflow_file("lab-async"))
    workflow = await automation.workflow(workflow_id)
    path = f"/api/projects/{workflow['project']['id']}/activity"
    for reader in (automation.operator, automation.owner):
        items = (await reader.client.get(path)).json()["items"]
        told = [(one["title"], one["detail"]) for one in items if one["action"].startswith("workflow.")]
        assert told == [("Workflow deployed", f"{workflow['name']}, deployed by Operator")]


async def test_the_project_must_be_approved(automation: Automation) -> None:
    refused = await automation.operator.client.post(
        "/api/workflows",
        {
            "project_id": await automation.project(approved=False),
            "template_id": await automation.template(workflow_file("lab-async")),
            "environment_id": await automation.environment(),
            "parameters": {},
        },
    )
    assert refused.status_code == 409
    assert (refused.json()["type"], refused.json()["allowed"]) == (
        "workflows/project-not-approved",
        ["APPROVED", "IN_PROGRESS"],
    )


@pytest.mark.parametrize(
    ("values", "pointers"),
    [
        ({}, ["/parameters/url", "/parameters/secret"]),
        ({"url": 5, "secret": "x"}, ["/parameters/url"]),
        ({"url": "={{ $env }}", "secret": "x"}, ["/parameters/url"]),
        ({"url": "x", "secret": "x", "more": "y"}, ["/parameters/more"]),
        ({"url": "x" * 4001, "secret": "a\x00b"}, ["/parameters/url", "/parameters/secret"]),
    ],
)
async def test_values_must_fit(automation: Automation, values: dict[str, Any], pointers: list[str]) -> None:
    refused = await automation.operator.client.post(
        "/api/workflows",
        {
            "project_id": await automation.project(),
            "template_id": await automation.template(workflow_file("callback"), PARAMETERS),
            "environment_id": await automation.environment(),
            "parameters": values,
        },
    )
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == pointers


async def test_pause_resume_redeploy_remove(automation: Automation, receiver: Receiver) -> None:
    client, values = automation.operator.client, {"url": f"{receiver.base_url}/own/first", "secret": "s"}
    workflow_id = await automation.deployed(workflow_file("callback"), PARAMETERS, values)
    path = f"/api/workflows/{workflow_id}"
    paused = await client.post(f"{path}/pause")
    assert (paused.status_code, paused.json()["status"]) == (200, "PAUSED")
    refused = await client.post(f"{path}/trigger")
    assert (refused.status_code, refused.json()["allowed"]) == (409, ["resume", "redeploy", "remove"])
    assert (await client.post(f"{path}/pause")).status_code == 409
    resumed = await client.post(f"{path}/resume")
    assert (resumed.status_code, resumed.json()["status"]) == (200, "ACTIVE")
    again = await client.post(f"{path}/redeploy", {"parameters": {"url": f"{receiver.base_url}/own/second"}})
    assert (again.status_code, again.json()["status"]) == (202, "DEPLOYING")
    await automation.drain()
    assert (await automation.workflow(workflow_id))["status"] == "ACTIVE"
    await automation.trigger(workflow_id)
    assert receiver.at("/own/second"), "the redeployed workflow has the new value, and kept the secret"
    removed = await client.delete(path)
    assert (removed.status_code, removed.json()["status"]) == (202, "REMOVED")
    await automation.drain()
    assert (await client.get("/api/workflows")).json()["items"] == []
    assert len((await client.get("/api/workflows", params={"status": "REMOVED"})).json()["items"]) == 1
    assert (await client.post(f"{path}/redeploy")).status_code == 409
    assert len(await automation.executions(workflow_id)) == 1, "the log stays"


async def test_a_workflow_that_the_engine_refuses_fails_with_its_reason(automation: Automation) -> None:
    definition = chain("odd", webhook("x"), node("Odd", "doesNotExist", 1, 200, 0, {}))
    workflow_id = await automation.deployed(definition, expect="FAILED")
    workflow = await automation.workflow(workflow_id)
    assert workflow["failure_reason"] == (
        "The n8n server didn't accept this: Unrecognized node type: n8n-nodes-base.doesNotExist"
    )
    [refused] = await search(automation.operator, action="workflow.deployment_failed")
    assert refused["metadata"]["reason"] == "n8n did not accept the request (HTTP 400)"
    assert workflow["steps"] == ["redeploy", "remove"]
    assert await automation.drain.pending() == []
    mine = await automation.workflow(workflow_id, automation.owner)
    assert (mine["status"], mine["failure_reason"]) == ("FAILED", None), "the reason is the staff's"
    files = {}
    for person in (automation.operator, automation.owner):
        files[person] = (await person.client.get("/api/workflows/export.csv")).text
        assert "FAILED" in files[person]
    assert "failure_reason" in files[automation.operator].partition("\r\n")[0]
    assert "doesNotExist" in files[automation.operator]
    assert "failure_reason" not in files[automation.owner]
    assert "doesNotExist" not in files[automation.owner]


async def test_a_key_that_does_not_hold_fails_at_once_and_can_be_mended(automation: Automation) -> None:
    environment = await automation.environment(key="wrong")
    workflow_id = await automation.deployed(workflow_file("lab-async"), environment=environment, expect="FAILED")
    await automation.operator.client.patch(f"/api/workflows/environments/{environment}", {"api_key": N8N_KEY})
    await automation.operator.client.post(f"/api/workflows/{workflow_id}/redeploy")
    await automation.drain()
    assert (await automation.workflow(workflow_id))["status"] == "ACTIVE"


async def test_an_engine_that_is_down_is_asked_again_then_given_up(automation: Automation) -> None:
    environment = await automation.environment(url="https://127.0.0.1:8443")
    workflow_id = await automation.deployed(workflow_file("lab-async"), environment=environment, expect="DEPLOYING")
    for _ in range(4):
        await automation.drain.make_due()
        await automation.drain()
    workflow = await automation.workflow(workflow_id)
    assert (workflow["status"], workflow["failure_reason"]) == (
        "FAILED",
        "The n8n server couldn't be reached at this address. Check the address, and that n8n is running.",
    )


async def test_a_deployment_that_was_interrupted_makes_one_workflow(automation: Automation, ports: Ports) -> None:
    """The engine did it, we did not hear: the next attempt finds it by its name."""
    engine = ports.get(AutomationEngine)

    class Interrupted(N8nEngine):
        async def activate(self, connection: Any, workflow_id: str) -> None:
            await super().activate(connection, workflow_id)
            raise ConnectionError("the worker died here")

    ports.provide(AutomationEngine, Interrupted(OutboundHttp(allowed_private_hosts=at_engine.hosts(automation))))
    try:
        workflow_id = await automation.deployed(workflow_file("lab-async"), expect="DEPLOYING")
    finally:
        ports.provide(AutomationEngine, engine)
    await automation.drain.make_due()
    await automation.drain()
    workflow = await automation.workflow(workflow_id)
    assert workflow["status"] == "ACTIVE"
    connection = at_engine.connection(automation)
    name = f"{workflow['project']['code']} Lead capture [{workflow_id.replace('-', '')[-12:]}]"
    found = await engine.find_workflow(connection, name)
    assert found == workflow["engine_workflow_id"]


async def test_a_start_that_was_interrupted_runs_once(automation: Automation, ports: Ports, receiver: Receiver) -> None:
    engine = ports.get(AutomationEngine)

    class Interrupted(N8nEngine):
        async def trigger(self, connection: Any, webhook_path: str, body: Any) -> Any:
            await super().trigger(connection, webhook_path, body)
            raise ConnectionError("the worker died here")

    workflow_id = await automation.deployed(
        chain("once", webhook("x"), post("Tell", f"{receiver.base_url}/own/once", "={{ '{}' }}", 200))
    )
    ports.provide(AutomationEngine, Interrupted(OutboundHttp(allowed_private_hosts=at_engine.hosts(automation))))
    try:
        execution_id = await automation.trigger(workflow_id)
    finally:
        ports.provide(AutomationEngine, engine)
    await automation.drain.make_due()
    await automation.drain()
    assert (await automation.ended(workflow_id, execution_id))["status"] == "SUCCESS"
    assert len(receiver.at("/own/once")) == 1


async def test_a_run_that_fails_is_found_by_asking(
    automation: Automation, receiver: Receiver, clock: MovingClock
) -> None:
    """A failed run sends no callback: the job asks the engine."""
    failing = chain("failing", webhook("x"), post("Tell the CRM", f"{receiver.base_url}/fail/crm", "={{ '{}' }}", 200))
    workflow_id = await automation.deployed(failing)
    execution_id = await automation.trigger(workflow_id)
    receiver.at("/fail/crm")
    assert (await automation.executions(workflow_id))[0]["status"] == "RUNNING"
    clock.advance(timedelta(seconds=30))
    await watch(automation)
    run = await automation.ended(workflow_id, execution_id)
    assert (run["status"], run["error_message"]) == (
        "ERROR",
        "Tell the CRM: The service was not able to process your request",
    )


async def test_a_run_that_fails_before_its_answer_ends_at_once(automation: Automation, receiver: Receiver) -> None:
    respond: JsonObject = {"respondWith": "json", "responseBody": "{}", "options": {}}
    definition = chain(
        "answers late",
        webhook("x", "responseNode"),
        post("Ask", f"{receiver.base_url}/fail/ask", "={{ '{}' }}", 200),
        node("Answer", "respondToWebhook", 1.1, 400, 0, respond),
    )
    workflow_id = await automation.deployed(definition)
    execution_id = await automation.trigger(workflow_id)
    run = await automation.ended(workflow_id, execution_id)
    assert (run["status"], run["error_message"]) == ("ERROR", "Ask: The service was not able to process your request")
    assert run["engine_execution_id"].isdigit()


async def test_a_run_by_the_webhook_itself_is_logged_too(automation: Automation) -> None:
    workflow_id = await automation.deployed(chain("open", webhook("x"), fields("Set", 200, a="b")))
    engine_id = (await automation.workflow(workflow_id))["engine_workflow_id"]
    async with httpx.AsyncClient(trust_env=False, headers={"X-N8N-API-KEY": N8N_KEY}) as http:
        found = (await http.get(f"{automation.servers.n8n}/api/v1/workflows/{engine_id}")).json()
        path = found["nodes"][0]["parameters"]["path"]
        answer = await http.post(f"{automation.servers.n8n}/webhook/{path}", json={"email": "a@example.com"})
    assert answer.status_code == 202

    async def is_logged() -> bool:
        return [one["status"] for one in await automation.executions(workflow_id)] == ["SUCCESS"]

    await until(is_logged)
    (run,) = await automation.executions(workflow_id)
    assert (run["trigger"], run["engine_execution_id"]) == ("EXTERNAL", answer.json()["execution_id"])


async def test_a_run_that_the_engine_lost_ends(automation: Automation, clock: MovingClock) -> None:
    """Deleted over there, or its data pruned: an hour later nobody waits for it any more."""
    wait = node("Wait", "wait", 1.1, 200, 0, {"amount": 1, "unit": "hours"})
    workflow_id = await automation.deployed(chain("long", webhook("x"), wait))
    execution_id = await automation.trigger(workflow_id)
    workflow = await automation.workflow(workflow_id)
    await at_engine.engine(automation).delete(at_engine.connection(automation), workflow["engine_workflow_id"])
    clock.advance(timedelta(minutes=10))
    await watch(automation)
    assert (await automation.executions(workflow_id))[0]["status"] == "RUNNING"
    clock.advance(timedelta(minutes=55))
    await watch(automation)
    run = await automation.ended(workflow_id, execution_id)
    assert (run["status"], run["error_message"]) == ("ERROR", "The n8n server has no record of this run.")


async def test_a_start_that_reaches_no_engine_is_given_up(automation: Automation, ports: Ports) -> None:
    workflow_id = await automation.deployed(chain("quick", webhook("x"), fields("Set", 200, a="b")))
    ports.provide(AutomationEngine, N8nEngine(OutboundHttp()))
    try:
        made = await automation.operator.client.post(f"/api/workflows/{workflow_id}/trigger")
        for _ in range(4):
            await automation.drain.make_due()
            await automation.drain()
    finally:
        wire(ports, automation.servers.api, automation.servers.n8n)
    run = await automation.ended(workflow_id, made.json()["execution_id"])
    assert (run["status"], run["error_message"]) == (
        "ERROR",
        "The n8n server couldn't be reached at this address. Check the address, and that n8n is running.",
    )


async def test_what_changed_hands_in_between_is_refused(automation: Automation) -> None:
    """Of two steps at once one is made; the other is told how things stand now."""
    workflow_id = await automation.deployed(workflow_file("lab-async"))
    path, client = f"/api/workflows/{workflow_id}", automation.operator.client
    answers = await asyncio.gather(*(client.post(f"{path}/pause") for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409, 409]
    answers = await asyncio.gather(*(client.post(f"{path}/redeploy") for _ in range(6)))
    assert {answer.status_code for answer in answers} <= {202, 409}
    await automation.drain()
    assert (await automation.workflow(workflow_id))["status"] == "ACTIVE"
    answers = await asyncio.gather(*(client.delete(path) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [202, 409, 409, 409, 409, 409]


async def test_a_workflow_that_was_deleted_over_there(automation: Automation) -> None:
    workflow_id = await automation.deployed(workflow_file("lab-async"))
    client, workflow = automation.operator.client, await automation.workflow(workflow_id)
    await at_engine.engine(automation).delete(at_engine.connection(automation), workflow["engine_workflow_id"])
    execution_id = await automation.trigger(workflow_id)
    run = await automation.ended(workflow_id, execution_id)
    assert run["error_message"] == "The workflow isn't listening at its webhook. Check that it is active in n8n."
    assert (await client.post(f"/api/workflows/{workflow_id}/pause")).json()["status"] == "PAUSED"
    refused = await client.post(f"/api/workflows/{workflow_id}/resume")
    assert (refused.status_code, refused.json()["type"]) == (502, "workflows/engine-failed")
    await client.post(f"/api/workflows/{workflow_id}/redeploy")
    await automation.drain()
    mended = await automation.workflow(workflow_id)
    assert (mended["status"], mended["engine_workflow_id"] == workflow["engine_workflow_id"]) == ("ACTIVE", False)


async def test_of_two_redeployments_at_once_one_is_made(automation: Automation) -> None:
    """Both read the workflow as it was; it is DEPLOYING before and after, so only its number tells them apart."""
    workflow_id = await automation.deployed(workflow_file("lab-async"))
    client, path = automation.operator.client, f"/api/workflows/{workflow_id}/redeploy"
    assert (await client.post(path, {})).status_code == 202
    async with automation.people.factory.unit(SYSTEM, PlatformScope("tests")) as holder:
        await holder.session.execute(
            text("select 1 from workflow_instances where id = :id for update"), {"id": workflow_id}
        )
        both = [asyncio.create_task(client.post(path, {})) for _ in range(2)]
        await until(lambda: _waiting(automation, 2))
    answers = await asyncio.gather(*both)
    assert sorted(one.status_code for one in answers) == [202, 409]


async def _waiting(automation: Automation, number: int) -> bool:
    """Tell whether so many wait to change a workflow."""
    async with automation.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        waiting = text(
            "select count(*) from pg_locks join pg_stat_activity using (pid)"
            " where not granted and datname = current_database()"
        )
        return int((await work.session.execute(waiting)).scalar_one()) >= number


async def test_a_deployment_that_was_overtaken_does_not_end_the_newer_one(automation: Automation, ports: Ports) -> None:
    """Somebody asks for other values while the engine is at work: what is active in the end has those."""
    overtaken: list[str] = []

    class Slow(N8nEngine):
        async def activate(self, connection: Any, workflow_id: str) -> None:
            await super().activate(connection, workflow_id)
            if overtaken:
                return
            (deploying,) = (await automation.operator.client.get("/api/workflows")).json()["items"]
            overtaken.append(deploying["id"])
            again = await automation.operator.client.post(
                f"/api/workflows/{deploying['id']}/redeploy", {"parameters": {"url": "https://second.example.com"}}
            )
            assert again.status_code == 202

    ports.provide(AutomationEngine, Slow(OutboundHttp(allowed_private_hosts=at_engine.hosts(automation))))
    try:
        values = {"url": "https://first.example.com", "secret": "s"}
        workflow_id = await automation.deployed(workflow_file("callback"), PARAMETERS, values)
    finally:
        wire(ports, automation.servers.api, automation.servers.n8n)
    assert overtaken == [workflow_id]
    engine_id = (await automation.workflow(workflow_id))["engine_workflow_id"]
    async with httpx.AsyncClient(trust_env=False, headers={"X-N8N-API-KEY": N8N_KEY}) as http:
        found = (await http.get(f"{automation.servers.n8n}/api/v1/workflows/{engine_id}")).text
    assert "second.example.com" in found
    assert "first.example.com" not in found


async def test_bad_input(automation: Automation) -> None:
    client = automation.operator.client
    workflow_id = await automation.deployed(workflow_file("lab-async"))
    large = await client.post(f"/api/workflows/{workflow_id}/trigger", {"payload": {"x": "y" * 70_000}})
    unknown = await client.post(f"/api/workflows/{workflow_id}/trigger", {"body": {}})
    nul = await client.post(f"/api/workflows/{workflow_id}/trigger", {"payload": {"x": "a\x00b"}})
    nobody = await client.post("/api/workflows/0193a1b0-0000-7000-8000-000000000000/trigger", {"body": {}})
    no_id = await client.get("/api/workflows/not-an-id")
    assert [answer.status_code for answer in (large, unknown, nul, nobody, no_id)] == [422, 422, 422, 404, 404]
    assert await automation.executions(workflow_id) == []


async def watch(automation: Automation) -> None:
    """Let the scheduled job run once, as the schedule would."""
    async with automation.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        event = SlotDue(slot=1)
        work.session.add(
            OutboxMessage(
                topic=event.topic,
                consumer="workflows.watch_executions",
                payload=event.model_dump(mode="json"),
                created_at=work.now(),
            )
        )
    await automation.drain()
