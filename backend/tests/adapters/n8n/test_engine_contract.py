"""One suite for the engine behind the port: the local n8n keeps what the real one does.

Against a real one: N8N_TEST_URL=http://127.0.0.1:5678 N8N_TEST_API_KEY=… (see bench/real_n8n).
"""

import asyncio
import hashlib
import hmac
import json
from dataclasses import replace
from urllib.parse import urlsplit

import httpx
import pytest
from pydantic import JsonValue

from capecontrol.adapters.n8n.client import N8nEngine
from capecontrol.adapters.outbound.client import OutboundHttp
from capecontrol.features.workflows.ports import (
    EngineConnection,
    EngineExecution,
    EngineExecutionStatus,
    EngineObjectMissing,
    EngineRejected,
    EngineUnauthorized,
    EngineUnreachable,
)
from tests.adapters.n8n.conftest import Subject
from tests.adapters.n8n.receiver import Receiver
from tests.adapters.n8n.samples import JsonObject, chain, fields, node, post, webhook


class TestConnection:
    async def test_check_tells_the_version(self, subject: Subject) -> None:
        engine = await subject.engine.check(subject.connection)
        assert engine.version is not None
        assert engine.version.startswith("1." if subject.kind == "real" else "1.123.81-local")

    async def test_a_wrong_key_is_told_apart(self, subject: Subject) -> None:
        with pytest.raises(EngineUnauthorized):
            await subject.engine.check(replace(subject.connection, api_key="wrong"))

    async def test_an_address_without_an_engine_is_unreachable(self, subject: Subject, receiver: Receiver) -> None:
        with pytest.raises(EngineUnreachable):
            await subject.engine.check(replace(subject.connection, base_url=receiver.base_url))

    async def test_an_address_beside_the_api_is_not_n8n(self, subject: Subject) -> None:
        elsewhere = replace(subject.connection, base_url=f"{subject.connection.base_url}/elsewhere")
        with pytest.raises(EngineRejected, match="didn't come from n8n's API"):
            await subject.engine.check(elsewhere)

    async def test_a_server_that_answers_anything_is_not_n8n(self, receiver: Receiver) -> None:
        engine = N8nEngine(OutboundHttp(allowed_private_hosts=frozenset({urlsplit(receiver.base_url).netloc})))
        with pytest.raises(EngineRejected, match="didn't come from n8n's API") as refused:
            await engine.check(EngineConnection(receiver.base_url, "key"))
        assert refused.value.fact == "The answer did not come from n8n's API"

    async def test_the_key_is_in_no_representation(self, subject: Subject) -> None:
        assert subject.connection.api_key not in repr(subject.connection)


class TestWorkflows:
    async def test_created_found_replaced_deleted(self, subject: Subject, path: str) -> None:
        engine, connection = subject.engine, subject.connection
        definition = chain(f"contract {path}", webhook(path), fields("Set", 200, a="one"))
        assert await engine.find_workflow(connection, f"contract {path}") is None
        workflow_id = await engine.create_workflow(connection, definition)
        subject.made.append(workflow_id)
        assert await engine.find_workflow(connection, f"contract {path}") == workflow_id
        await engine.activate(connection, workflow_id)
        await engine.activate(connection, workflow_id)
        assert await call(subject, path) == {"a": "one"}
        await engine.update_workflow(
            connection, workflow_id, chain(f"contract {path}", webhook(path), fields("Set", 200, a="two"))
        )
        assert await call(subject, path) == {"a": "two"}, "a replaced active workflow is live at once"
        await engine.deactivate(connection, workflow_id)
        await engine.deactivate(connection, workflow_id)
        with pytest.raises(EngineObjectMissing):
            await engine.trigger(connection, path, {})
        await engine.activate(connection, workflow_id)
        await engine.delete(connection, workflow_id)
        with pytest.raises(EngineObjectMissing):
            await engine.trigger(connection, path, {})
        await engine.delete(connection, workflow_id)
        assert await engine.find_workflow(connection, f"contract {path}") is None
        with pytest.raises(EngineObjectMissing):
            await engine.activate(connection, workflow_id)

    async def test_members_that_the_api_refuses_are_left_out(self, subject: Subject, path: str) -> None:
        definition: JsonObject = {
            **chain("export", {**webhook(path), "futureMember": 1}),
            "id": "abc",
            "active": True,
            "pinData": {},
            "meta": {"instanceId": "x"},
            "tags": [],
            "settings": {"executionOrder": "v1", "futureSetting": True},
        }
        workflow_id = await subject.deploy(definition)
        async with api(subject) as http:
            stored = (await http.get(f"/api/v1/workflows/{workflow_id}")).json()
        (trigger,) = stored["nodes"]
        assert stored["name"] == "export"
        assert stored["id"] == workflow_id != "abc"
        assert "futureMember" not in trigger
        assert "futureSetting" not in stored["settings"]
        assert stored["settings"]["executionOrder"] == "v1"
        assert trigger["parameters"]["path"] == path

    async def test_no_trigger_cannot_be_activated(self, subject: Subject) -> None:
        with pytest.raises(EngineRejected, match="no node to start the workflow"):
            await subject.deploy(chain("no trigger", fields("Set", 0)))

    async def test_unknown_node_type_cannot_be_activated(self, subject: Subject, path: str) -> None:
        with pytest.raises(EngineRejected, match=r"Unrecognized node type: n8n-nodes-base\.doesNotExist") as refused:
            await subject.deploy(chain("unknown", webhook(path), node("X", "doesNotExist", 1, 200, 0, {})))
        assert refused.value.fact == "n8n did not accept the request (HTTP 400)"

    async def test_a_path_is_taken_once(self, subject: Subject, path: str) -> None:
        await subject.deploy(chain("first", webhook(path)))
        with pytest.raises(EngineRejected, match="already taken"):
            await subject.deploy(chain("second", webhook(path)))


class TestRuns:
    async def test_acknowledged_with_the_execution_id(self, subject: Subject, path: str, receiver: Receiver) -> None:
        respond: JsonObject = {
            "respondWith": "json",
            "responseBody": "={{ JSON.stringify({ execution_id: $execution.id }) }}",
            "options": {"responseCode": 202},
        }
        workflow_id = await subject.deploy(
            chain(
                "ack",
                webhook(path, "responseNode"),
                node("Ack", "respondToWebhook", 1.1, 100, 0, respond),
                node("Wait", "wait", 1.1, 200, 0, {"amount": 1, "unit": "seconds"}, webhookId=f"wait-{path}"),
                post("Tell", f"{receiver.base_url}/{path}", "={{ JSON.stringify($('Webhook').item.json.body) }}", 300),
            )
        )
        ack = await subject.engine.trigger(subject.connection, path, {"run_id": "run-1", "say": "h€llo"})
        assert ack.execution_id is not None
        running = await subject.engine.list_executions(subject.connection, workflow_id)
        assert [run.status for run in running] == [EngineExecutionStatus.RUNNING]
        assert (running[0].id, running[0].run_id) == (ack.execution_id, "run-1")
        (told,) = receiver.at(f"/{path}")
        assert json.loads(told.body) == {"run_id": "run-1", "say": "h€llo"}
        execution = await ended(subject, ack.execution_id)
        assert execution.status is EngineExecutionStatus.SUCCESS
        assert execution.started_at is not None
        assert execution.finished_at is not None
        assert execution.finished_at > execution.started_at
        (listed,) = await subject.engine.list_executions(subject.connection, workflow_id)
        assert (listed.run_id, listed.status) == ("run-1", EngineExecutionStatus.SUCCESS)

    async def test_started_on_receipt_tells_no_id(self, subject: Subject, path: str) -> None:
        await subject.deploy(chain("async", webhook(path, "onReceived"), fields("Set", 200, a="b")))
        ack = await subject.engine.trigger(subject.connection, path, {})
        assert ack.execution_id is None

    async def test_a_failure_before_the_answer(self, subject: Subject, path: str, receiver: Receiver) -> None:
        workflow_id = await subject.deploy(
            chain("fail", webhook(path), post("Fail", f"{receiver.base_url}/fail/{path}", "{}", 200))
        )
        with pytest.raises(EngineRejected, match="HTTP 500"):
            await subject.engine.trigger(subject.connection, path, {"run_id": "r"})
        (listed,) = await subject.engine.list_executions(subject.connection, workflow_id)
        failed = await ended(subject, listed.id)
        assert failed.status is EngineExecutionStatus.ERROR
        assert failed.error_message == "Fail: The service was not able to process your request"

    async def test_an_unknown_execution_is_none(self, subject: Subject) -> None:
        assert await subject.engine.get_execution(subject.connection, "999999999") is None

    async def test_branches_run_the_upper_one_first_and_to_its_end(
        self, subject: Subject, path: str, receiver: Receiver
    ) -> None:
        """What the callback relies on: the lowest branch comes after everything else.

        (A raw body that is no JSON is made JSON where its type says so.)
        """
        url = f"{receiver.base_url}/{path}"
        definition = chain(
            "branches", webhook(path), fields("Low", 200, 400, at="low"), post("L", url, "=low", 400, 400)
        )
        nodes, connections = definition["nodes"], definition["connections"]
        assert isinstance(nodes, list)
        assert isinstance(connections, dict)
        nodes += [fields("High", 200, -200, at="high"), post("H1", url, "=high 1", 400, -200)]
        nodes += [post("H2", url, "=high 2", 600, 900)]
        targets: list[JsonValue] = [{"node": name, "type": "main", "index": 0} for name in ("Low", "High")]
        connections["Webhook"] = {"main": [targets]}
        connections["High"] = {"main": [[{"node": "H1", "type": "main", "index": 0}]]}
        connections["H1"] = {"main": [[{"node": "H2", "type": "main", "index": 0}]]}
        await subject.deploy(definition)
        await call(subject, path)
        assert [received.body for received in receiver.at(f"/{path}", 3)] == [b'"high 1"', b'"high 2"', b'"low"']

    async def test_a_node_that_may_fail_does_not_fail_the_run(
        self, subject: Subject, path: str, receiver: Receiver
    ) -> None:
        workflow_id = await subject.deploy(
            chain(
                "tolerant",
                webhook(path),
                post("Fail", f"{receiver.base_url}/fail/{path}", "{}", 200, onError="continueRegularOutput"),
                fields("Set", 400, after="ran"),
            )
        )
        assert await call(subject, path) == {"after": "ran"}
        (listed,) = await subject.engine.list_executions(subject.connection, workflow_id)
        assert (await ended(subject, listed.id)).status is EngineExecutionStatus.SUCCESS


EXPRESSIONS: list[tuple[str, str, JsonValue]] = [
    ("a value keeps its type", "={{ $json.body.n }}", "3"),
    ("text around a value", "=n is {{ $json.body.n }}!", "n is 3!"),
    ("two values", "={{ $json.body.n }}-{{ $json.body.text }}", "3-h€llo"),
    ("a missing value in a text", "=[{{ $json.body.nothing }}]", "[]"),
    ("a missing member of a missing value in a text", "=[{{ $json.body.nothing.at.all }}]", "[]"),
    ("false and zero in a text", "={{ false }} {{ 0 }}", "false 0"),
    ("an object as text", "={{ $json.body.deep }}", '{"a":[1,2]}'),
    ("JSON", "={{ JSON.stringify({ t: $json.body.text, n: $json.body.n }) }}", '{"t":"h€llo","n":3}'),
    ("arrow functions and template strings", "={{ [1, 2].map(n => `${n}!`).join() }}", "1!,2!"),
    ("destructuring and optional chaining", "={{ (({ a }) => a?.length ?? 0)($json.body.deep) }}", "2"),
    ("another node by name", "={{ $('Webhook').item.json.body.text }}", "h€llo"),
    ("another node's first item", "={{ $('Webhook').first().json.body.text }}", "h€llo"),
    ("the input", "={{ $input.first().json.body.text }}", "h€llo"),
    ("a conditional", "={{ $json.body.n > 2 ? 'many' : 'few' }}", "many"),
    ("a date", "={{ new Date(0).toISOString() }}", "1970-01-01T00:00:00.000Z"),
    ("a default", "={{ ($json.body.nothing || {}).x || null }}", None),
    ("no expression", "plain {{ $json.body.n }}", "plain {{ $json.body.n }}"),
]


class TestExpressions:
    async def test_values(self, subject: Subject, path: str) -> None:
        """The same JavaScript gives the same fields in both."""
        values: dict[str, JsonValue] = {f"v{index}": template for index, (_, template, _) in enumerate(EXPRESSIONS)}
        await subject.deploy(chain("expressions", webhook(path), fields("Set", 200, **values)))
        body: JsonObject = {"n": 3, "text": "h€llo", "deep": {"a": [1, 2]}}
        answer = await call(subject, path, body)
        got = {name: answer.get(f"v{index}") for index, (name, _, _) in enumerate(EXPRESSIONS)}
        assert got == {name: expected for name, _, expected in EXPRESSIONS}

    async def test_types_of_fields(self, subject: Subject, path: str) -> None:
        definition = chain("types", webhook(path), fields("Set", 200))
        nodes = definition["nodes"]
        assert isinstance(nodes, list)
        assert isinstance(nodes[1], dict)
        nodes[1]["parameters"] = {
            "mode": "manual",
            "includeOtherFields": False,
            "assignments": {
                "assignments": [
                    {"id": "1", "name": "number", "type": "number", "value": "={{ '4' + '2' }}"},
                    {"id": "2", "name": "boolean", "type": "boolean", "value": "={{ 'true' }}"},
                    {"id": "3", "name": "array", "type": "array", "value": "[1, 2]"},
                    {"id": "4", "name": "object", "type": "object", "value": '={{ { "a": 1 } }}'},
                    {"id": "5", "name": "a.b", "type": "string", "value": "nested"},
                    {"id": "6", "name": "text", "type": "string", "value": "={{ 5 }}"},
                ]
            },
            "options": {},
        }
        await subject.deploy(definition)
        assert await call(subject, path) == {
            "number": 42,
            "boolean": True,
            "array": [1, 2],
            "object": {"a": 1},
            "a": {"b": "nested"},
            "text": "5",
        }

    async def test_a_reference_to_an_unknown_node_fails_the_run(self, subject: Subject, path: str) -> None:
        await subject.deploy(chain("bad", webhook(path), fields("Set", 200, a="={{ $('Nowhere').item.json.x }}")))
        with pytest.raises(EngineRejected):
            await subject.engine.trigger(subject.connection, path, {})

    async def test_an_invalid_expression_fails_the_run(self, subject: Subject, path: str) -> None:
        await subject.deploy(chain("bad", webhook(path), fields("Set", 200, a="={{ 1 + }}")))
        with pytest.raises(EngineRejected):
            await subject.engine.trigger(subject.connection, path, {})


class TestSignature:
    @pytest.mark.parametrize("secret", ["lab-shared-secret", 'another, with € and \\ and "'])
    async def test_the_signature_is_over_the_bytes_that_are_sent(
        self, subject: Subject, path: str, receiver: Receiver, secret: str
    ) -> None:
        payload = "={{ JSON.stringify({ id: $execution.id, said: $json.body.said, n: 1.50 }) }}"
        sign: JsonObject = {
            "action": "hmac",
            "type": "SHA256",
            "value": "={{ $json.payload }}",
            "dataPropertyName": "signature",
            "secret": secret,
            "encoding": "hex",
        }
        send = post("Callback", f"{receiver.base_url}/{path}", "={{ $json.payload }}", 600)
        parameters = send["parameters"]
        assert isinstance(parameters, dict)
        parameters |= {
            "sendHeaders": True,
            "headerParameters": {"parameters": [{"name": "X-Signature", "value": "=sha256={{ $json.signature }}"}]},
        }
        await subject.deploy(
            chain(
                "sign",
                webhook(path),
                fields("Body", 200, payload=payload),
                node("Sign", "crypto", 1, 400, 0, sign),
                send,
            )
        )
        await call(subject, path, {"said": 'h€llo 😀 "quoted" \\ </script> \n new line'})
        (received,) = receiver.at(f"/{path}")
        expected = hmac.new(secret.encode(), received.body, hashlib.sha256).hexdigest()
        assert received.headers["x-signature"] == f"sha256={expected}"
        assert received.headers["content-type"] == "application/json"
        assert json.loads(received.body)["said"] == 'h€llo 😀 "quoted" \\ </script> \n new line'


READ_ONLY: JsonObject = {"active": False, "tags": [], "id": "a", "createdAt": "2026-01-01T00:00:00Z"}

REFUSALS: list[tuple[str, JsonObject, str]] = [
    ("name", {"nodes": [], "connections": {}, "settings": {}}, "request/body must have required property 'name'"),
    ("nodes", {"name": "x", "connections": {}, "settings": {}}, "request/body must have required property 'nodes'"),
    ("settings", {"name": "x", "nodes": [], "connections": {}}, "request/body must have required property 'settings'"),
    *(
        (f"read-only {member}", {**chain("x"), member: value}, f"request/body/{member} is read-only")
        for member, value in READ_ONLY.items()
    ),
    *(
        (f"additional {member}", {**chain("x"), member: None}, "request/body must NOT have additional properties")
        for member in ("versionId", "meta", "pinData", "description", "isArchived", "triggerCount", "foo")
    ),
    (
        "additional setting",
        {**chain("x"), "settings": {"foo": 1}},
        "request/body/settings must NOT have additional properties",
    ),
    (
        "additional member of a node",
        chain("x", {**webhook("p"), "foo": 1}),
        "request/body/nodes/0 must NOT have additional properties",
    ),
]


class TestApi:
    """The API itself, where the client is not the only one who relies on it."""

    @pytest.mark.parametrize(("body", "message"), [case[1:] for case in REFUSALS], ids=[case[0] for case in REFUSALS])
    async def test_create_refuses(self, subject: Subject, body: JsonObject, message: str) -> None:
        async with api(subject) as http:
            answer = await http.post("/api/v1/workflows", json=body)
        assert (answer.status_code, answer.json()) == (400, {"message": message})

    @pytest.mark.parametrize(
        ("method", "path", "status", "message"),
        [
            ("POST", "/api/v1/workflows/nope/execute", 405, "POST method not allowed"),
            ("POST", "/api/v1/executions", 405, "POST method not allowed"),
            ("PATCH", "/api/v1/workflows/nope", 405, "PATCH method not allowed"),
            ("GET", "/api/v1/workflows/nope", 404, "Not Found"),
            ("POST", "/api/v1/workflows/nope/activate", 404, "Not Found"),
            ("DELETE", "/api/v1/workflows/nope", 404, "Not Found"),
            ("GET", "/api/v1/workflows?limit=251", 400, "request/query/limit must be <= 250"),
            ("GET", "/api/v1/workflows?bogus=1", 400, "Unknown query parameter 'bogus'"),
            ("GET", "/api/v1/workflows?cursor=garbage", 400, "An invalid cursor was provided"),
            ("GET", "/api/v1/executions/99999999", 404, "Not Found"),
            ("GET", "/api/v1/executions/abc", 400, "request/params/id must be number"),
            ("GET", "/api/v1/executions?limit=251", 400, "request/query/limit must be <= 250"),
            (
                "GET",
                "/api/v1/executions?status=crashed",
                400,
                "request/query/status must be equal to one of the allowed values: "
                "canceled, error, running, success, waiting",
            ),
            ("POST", "/api/v1/executions/99999999/stop", 404, "not found"),
        ],
    )
    async def test_refusals(self, subject: Subject, method: str, path: str, status: int, message: str) -> None:
        async with api(subject) as http:
            answer = await http.request(method, path)
        assert (answer.status_code, answer.json()) == (status, {"message": message})

    async def test_keys(self, subject: Subject) -> None:
        async with httpx.AsyncClient(base_url=subject.connection.base_url, trust_env=False) as http:
            none = await http.get("/api/v1/workflows")
            bearer = await http.get("/api/v1/workflows", headers={"Authorization": "Bearer x"})
            wrong = await http.get("/api/v1/workflows", headers={"X-N8N-API-KEY": "x"})
        assert [(a.status_code, a.json()["message"]) for a in (none, bearer, wrong)] == [
            (401, "'X-N8N-API-KEY' header required"),
            (401, "'X-N8N-API-KEY' header required"),
            (401, "unauthorized"),
        ]

    async def test_put_takes_no_get(self, subject: Subject, path: str) -> None:
        workflow_id = await subject.deploy(chain("round trip", webhook(path)))
        async with api(subject) as http:
            found = (await http.get(f"/api/v1/workflows/{workflow_id}")).json()
            answer = await http.put(f"/api/v1/workflows/{workflow_id}", json=found)
        assert answer.status_code == 400

    async def test_webhooks_that_nobody_listens_at(self, subject: Subject, path: str) -> None:
        await subject.deploy(chain("listening", webhook(path)))
        async with api(subject) as http:
            wrong_method = await http.get(f"/webhook/{path}")
            wrong_path = await http.post(f"/webhook/{path}-not", json={})
        assert wrong_method.status_code == wrong_path.status_code == 404
        assert wrong_method.json()["message"] == (
            "This webhook is not registered for GET requests. Did you mean to make a POST request?"
        )
        assert wrong_path.json()["message"] == f'The requested webhook "POST {path}-not" is not registered.'
        assert "must be active" in wrong_path.json()["hint"]

    async def test_lists_page(self, subject: Subject, path: str) -> None:
        for number in range(3):
            await subject.deploy(chain(f"page {path}", webhook(f"{path}-{number}")))
        async with api(subject) as http:
            first = (await http.get("/api/v1/workflows", params={"name": f"page {path}", "limit": "2"})).json()
            cursor = {"name": f"page {path}", "cursor": first["nextCursor"]}
            second = (await http.get("/api/v1/workflows", params=cursor)).json()
        assert [len(first["data"]), len(second["data"]), second["nextCursor"]] == [2, 1, None]


def api(subject: Subject) -> httpx.AsyncClient:
    headers = {"X-N8N-API-KEY": subject.connection.api_key}
    return httpx.AsyncClient(base_url=subject.connection.base_url, headers=headers, trust_env=False)


async def call(subject: Subject, path: str, body: JsonObject | None = None) -> JsonObject:
    """Call a webhook as anybody may, and return what the workflow answers."""
    async with api(subject) as http:
        answer = await http.post(f"/webhook/{path}", json=body or {}, timeout=30)
    assert answer.status_code == 200, answer.text
    found: JsonObject = answer.json()
    return found


async def ended(subject: Subject, execution_id: str) -> EngineExecution:
    """Wait for the end of a run."""
    for _ in range(400):
        execution = await subject.engine.get_execution(subject.connection, execution_id)
        if execution is not None and execution.status.is_final:
            return execution
        await asyncio.sleep(0.05)
    raise AssertionError("the run did not end")
