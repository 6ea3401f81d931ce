"""Variants of the nodes that workflow files use most: the same answers from both engines."""

import hashlib
import hmac
import json

import pytest
from pydantic import JsonValue

from tests.adapters.n8n.conftest import Subject
from tests.adapters.n8n.receiver import Receiver
from tests.adapters.n8n.samples import JsonObject, chain, fields, node, webhook
from tests.adapters.n8n.test_engine_contract import api, call

BODY: JsonObject = {"n": 3, "text": "Hello", "yes": True, "list": [1, 2], "deep": {"a": {"b": "c"}}, "empty": ""}


def crypto(**parameters: JsonValue) -> JsonObject:
    return node("Crypto", "crypto", 1, 400, 0, {"dataPropertyName": "out", **parameters})


class TestCrypto:
    @pytest.mark.parametrize(
        ("parameters", "expected"),
        [
            ({"action": "hash", "type": "MD5", "value": "abc"}, "900150983cd24fb0d6963f7d28e17f72"),
            (
                {"action": "hash", "type": "SHA256", "value": "abc", "encoding": "base64"},
                "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
            ),
            (
                {"action": "hmac", "type": "SHA512", "value": "abc", "secret": "k", "encoding": "hex"},
                hmac.new(b"k", b"abc", hashlib.sha512).hexdigest(),
            ),
        ],
        ids=["md5", "base64", "sha512"],
    )
    async def test_digests(self, subject: Subject, path: str, parameters: JsonObject, expected: str) -> None:
        await subject.deploy(chain("digest", webhook(path), fields("Set", 200), crypto(**parameters)))
        assert (await call(subject, path))["out"] == expected


CONDITIONS: list[tuple[str, str, str, JsonValue, bool]] = [
    ("string", "equals", "={{ $json.body.text }}", "Hello", True),
    ("string", "equals", "={{ $json.body.text }}", "hello", False),
    ("string", "notEquals", "={{ $json.body.text }}", "x", True),
    ("string", "contains", "={{ $json.body.text }}", "ell", True),
    ("string", "notContains", "={{ $json.body.text }}", "ell", False),
    ("string", "startsWith", "={{ $json.body.text }}", "He", True),
    ("string", "endsWith", "={{ $json.body.text }}", "He", False),
    ("string", "regex", "={{ $json.body.text }}", "^H.l+o$", True),
    ("string", "empty", "={{ $json.body.empty }}", "", True),
    ("string", "notEmpty", "={{ $json.body.empty }}", "", False),
    ("string", "exists", "={{ $json.body.nothing }}", "", False),
    ("string", "notExists", "={{ $json.body.nothing }}", "", True),
    ("number", "equals", "={{ $json.body.n }}", 3, True),
    ("number", "gt", "={{ $json.body.n }}", 3, False),
    ("number", "gte", "={{ $json.body.n }}", 3, True),
    ("number", "lt", "={{ $json.body.n }}", 4, True),
    ("number", "lte", "={{ $json.body.n }}", 2, False),
    ("boolean", "true", "={{ $json.body.yes }}", "", True),
    ("boolean", "false", "={{ $json.body.yes }}", "", False),
    ("array", "contains", "={{ $json.body.list }}", "={{ 2 }}", True),
    ("array", "lengthEquals", "={{ $json.body.list }}", 2, True),
]


@pytest.mark.parametrize(
    ("kind", "operation", "left", "right", "holds"), CONDITIONS, ids=[f"{case[0]} {case[1]}" for case in CONDITIONS]
)
async def test_conditions(
    subject: Subject, path: str, kind: str, operation: str, left: str, right: JsonValue, holds: bool
) -> None:
    operator: JsonObject = {"type": kind, "operation": operation}
    if operation in ("true", "false", "empty", "notEmpty", "exists", "notExists"):
        operator["singleValue"] = True
    if kind == "array":
        operator["rightType"] = "number" if operation == "lengthEquals" else "any"
    parameters: JsonObject = {
        "conditions": {
            "options": {"caseSensitive": True, "leftValue": "", "typeValidation": "strict", "version": 2},
            "conditions": [{"id": "1", "leftValue": left, "rightValue": right, "operator": operator}],
            "combinator": "and",
        },
        "options": {},
    }
    test = node("If", "if", 2.2, 200, 0, parameters)
    definition = chain("conditions", webhook(path), test, fields("Yes", 400, verdict="yes"))
    nodes, connections = definition["nodes"], definition["connections"]
    assert isinstance(nodes, list)
    assert isinstance(connections, dict)
    nodes.append(fields("No", 400, 200, verdict="no"))
    connections["If"] = {
        "main": [[{"node": "Yes", "type": "main", "index": 0}], [{"node": "No", "type": "main", "index": 0}]]
    }
    await subject.deploy(definition)
    assert await call(subject, path, BODY) == {"verdict": "yes" if holds else "no"}


class TestSet:
    @pytest.mark.parametrize(
        ("parameters", "expected"),
        [
            ({"mode": "raw", "jsonOutput": '={{ { "a": 1, "b": [$json.n] } }}'}, {"a": 1, "b": [3]}),
            ({"mode": "raw", "jsonOutput": '{"a": {"b": null}}'}, {"a": {"b": None}}),
            ({"includeOtherFields": True, "include": "all"}, {"n": 3, "text": "Hello", "x": "y"}),
            (
                {"includeOtherFields": True, "include": "selected", "includeFields": "text"},
                {"text": "Hello", "x": "y"},
            ),
            ({"includeOtherFields": True, "include": "except", "excludeFields": "text"}, {"n": 3, "x": "y"}),
        ],
        ids=["raw expression", "raw text", "all", "selected", "except"],
    )
    async def test_what_is_kept(
        self, subject: Subject, path: str, parameters: JsonObject, expected: JsonObject
    ) -> None:
        first = fields("First", 200, n=3, text="Hello")
        base: JsonObject = {
            "mode": "manual",
            "assignments": {"assignments": [{"id": "1", "name": "x", "type": "string", "value": "y"}]},
            "options": {},
        }
        second = node("Second", "set", 3.4, 400, 0, {**base, **parameters})
        await subject.deploy(chain("set", webhook(path), first, second))
        assert await call(subject, path) == expected

    async def test_a_value_that_does_not_fit_fails(self, subject: Subject, path: str) -> None:
        parameters: JsonObject = {
            "mode": "manual",
            "assignments": {"assignments": [{"id": "1", "name": "x", "type": "number", "value": "many"}]},
            "options": {},
        }
        await subject.deploy(chain("set", webhook(path), node("Set", "set", 3.4, 200, 0, parameters)))
        async with api(subject) as http:
            assert (await http.post(f"/webhook/{path}", json={})).status_code == 500


class TestHttp:
    @pytest.mark.parametrize(
        ("parameters", "content_type", "expected"),
        [
            (
                {"specifyBody": "keypair", "bodyParameters": {"parameters": [{"name": "a", "value": "={{ 1 + 1 }}"}]}},
                "application/json",
                b'{"a":2}',
            ),
            ({"specifyBody": "json", "jsonBody": '={"a":"{{ $json.t }}"}'}, "application/json", '{"a":"é"}'.encode()),
            (
                {"contentType": "form-urlencoded", "bodyParameters": {"parameters": [{"name": "a b", "value": "c&d"}]}},
                "application/x-www-form-urlencoded",
                b"a%20b=c%26d",
            ),
            (
                {"contentType": "raw", "rawContentType": "text/plain", "body": "=say {{ $json.t }}"},
                "text/plain",
                "say é".encode(),
            ),
        ],
        ids=["pairs", "json", "form", "raw"],
    )
    async def test_bodies(
        self,
        subject: Subject,
        receiver: Receiver,
        path: str,
        parameters: JsonObject,
        content_type: str,
        expected: bytes,
    ) -> None:
        sent: JsonObject = {"method": "PUT", "url": f"{receiver.base_url}/{path}", "sendBody": True, "options": {}}
        send = node("Send", "httpRequest", 4.2, 200, 0, {**sent, **parameters})
        await subject.deploy(chain("http", webhook(path), fields("T", 100, t="é"), send))
        assert await call(subject, path) == {"ok": True}
        (received,) = receiver.at(f"/{path}")
        assert received.headers["content-type"].split(";")[0] == content_type
        assert received.body == expected

    async def test_headers_and_the_full_response(self, subject: Subject, receiver: Receiver, path: str) -> None:
        parameters: JsonObject = {
            "url": f"{receiver.base_url}/fail/{path}",
            "sendHeaders": True,
            "specifyHeaders": "json",
            "jsonHeaders": '{"X-One": "1"}',
            "options": {"response": {"response": {"fullResponse": True, "neverError": True}}},
        }
        await subject.deploy(chain("http", webhook(path), node("Get", "httpRequest", 4.2, 200, 0, parameters)))
        answer = await call(subject, path)
        assert (answer["statusCode"], answer["body"]) == (500, {"ok": True})
        assert receiver.at(f"/fail/{path}")[0].headers["x-one"] == "1"

    async def test_nobody_there(self, subject: Subject, path: str) -> None:
        parameters: JsonObject = {"url": "http://127.0.0.1:9/", "options": {}}
        flags: JsonObject = {"onError": "continueRegularOutput"}
        await subject.deploy(chain("http", webhook(path), node("Get", "httpRequest", 4.2, 200, 0, parameters, **flags)))
        # The real one tells an object here and the local one its sentence; that it goes on is what both have.
        assert "refused" in json.dumps(await call(subject, path)).lower()


class TestRespond:
    @pytest.mark.parametrize(
        ("parameters", "status", "text"),
        [
            ({"respondWith": "text", "responseBody": "=n={{ $json.a }}"}, 200, "n=b"),
            ({"respondWith": "noData", "options": {"responseCode": 204}}, 204, ""),
            ({"respondWith": "firstIncomingItem"}, 200, '{"a":"b"}'),
            ({"respondWith": "allIncomingItems"}, 200, '[{"a":"b"}]'),
            ({"respondWith": "json", "responseBody": '{"x": [1]}', "options": {"responseCode": 201}}, 201, '{"x":[1]}'),
        ],
        ids=["text", "nothing", "first", "all", "json"],
    )
    async def test_answers(self, subject: Subject, path: str, parameters: JsonObject, status: int, text: str) -> None:
        respond = node("Respond", "respondToWebhook", 1.1, 400, 0, {"options": {}, **parameters})
        await subject.deploy(chain("respond", webhook(path, "responseNode"), fields("Set", 200, a="b"), respond))
        async with api(subject) as http:
            answer = await http.post(f"/webhook/{path}", json={})
        assert (answer.status_code, answer.text) == (status, text)

    async def test_headers(self, subject: Subject, path: str) -> None:
        options: JsonObject = {"responseHeaders": {"entries": [{"name": "X-Own", "value": "=v{{ 1 }}"}]}}
        parameters: JsonObject = {"respondWith": "json", "responseBody": "{}", "options": options}
        respond = node("Respond", "respondToWebhook", 1.1, 400, 0, parameters)
        await subject.deploy(chain("respond", webhook(path, "responseNode"), respond))
        async with api(subject) as http:
            assert (await http.post(f"/webhook/{path}", json={})).headers["x-own"] == "v1"


async def test_calls_of_other_kinds(subject: Subject, path: str) -> None:
    """A form, a query, no body at all."""
    both = fields("Set", 200, body="={{ JSON.stringify($json.body) }}", query="={{ $json.query.q }}")
    await subject.deploy(chain("kinds", webhook(path), both))
    async with api(subject) as http:
        form = await http.post(f"/webhook/{path}?q=1", data={"a": "b"})
        nothing = await http.post(f"/webhook/{path}")
    assert form.json() == {"body": '{"a":"b"}', "query": "1"}
    assert nothing.json()["body"] == "{}"
