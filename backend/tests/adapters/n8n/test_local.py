"""What only the local n8n has: its limits, its file, its page."""

import asyncio
import json
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capecontrol.adapters.n8n.local.app import local_n8n
from capecontrol.adapters.n8n.local.expression import pieces_of
from capecontrol.adapters.n8n.local.javascript import JavaScript, ScriptFailed
from tests.adapters.n8n.receiver import serving
from tests.adapters.n8n.samples import JsonObject, chain, fields, node, webhook

HEADERS = {"X-N8N-API-KEY": "key"}


def names(**more: object) -> JsonObject:
    base: JsonObject = {
        "input": [{}],
        "index": 0,
        "nodes": {},
        "execution": {},
        "workflow": {},
        "clock_offset_ms": 0,
    }
    return {**base, **json.loads(json.dumps(more))}


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def address(state: Path) -> Iterator[str]:
    with serving(local_n8n(state, "key")) as found:
        yield found


async def deploy(address: str, definition: JsonObject) -> str:
    async with httpx.AsyncClient(base_url=address, headers=HEADERS, trust_env=False) as http:
        made = (await http.post("/api/v1/workflows", json=definition)).json()
        activated = await http.post(f"/api/v1/workflows/{made['id']}/activate")
        assert activated.status_code == 200, activated.text
        return str(made["id"])


async def call(address: str, path: str, body: object = None) -> httpx.Response:
    async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=30) as http:
        return await http.post(f"/webhook/{path}", json=body or {})


async def test_an_expression_that_never_ends_fails_its_run_only(address: str) -> None:
    endless = chain("endless", webhook("endless"), fields("Set", 200, a="={{ (() => { while (true) {} })() }}"))
    await deploy(address, endless)
    await deploy(address, chain("other", webhook("other"), fields("Set", 200, a="={{ 1 + 1 }}")))
    slow = asyncio.create_task(call(address, "endless"))
    assert (await call(address, "other")).json() == {"a": "2"}
    assert (await slow).status_code == 500


async def test_an_expression_reaches_neither_files_nor_settings() -> None:
    script = JavaScript()
    try:
        os.environ["LOCAL_N8N_CANARY"] = "seen"
        for code in ("typeof process", "typeof globalThis.require", "typeof call_python", "typeof dukpy", "typeof std"):
            assert await script.evaluate({"pieces": [{"code": code}], **names()}) in ("undefined", None), code
        with pytest.raises(ScriptFailed, match="disallowed"):
            await script.evaluate({"code": "return require('fs')", **names()})
    finally:
        del os.environ["LOCAL_N8N_CANARY"]
        await script.close()


async def test_memory_is_bounded() -> None:
    script = JavaScript()
    try:
        with pytest.raises(ScriptFailed):
            await script.evaluate({"code": "const a = []; for (;;) a.push(new Array(1e6).fill(1))", **names()})
        assert await script.evaluate({"pieces": [{"code": "1 + 1"}], **names()}) == 2, "a new child does the next one"
    finally:
        await script.close()


async def test_the_clock_is_the_applications() -> None:
    script = JavaScript()
    try:
        request: JsonObject = {"pieces": [{"code": "$now.toISO() + new Date().toISOString() + Date.now()"}], **names()}
        plain = str(await script.evaluate(request))
        moved = str(await script.evaluate({**request, "clock_offset_ms": 400 * 86400 * 1000}))
        assert int(moved[-13:]) - int(plain[-13:]) >= 400 * 86400 * 1000
        assert moved[:4] != plain[:4]
    finally:
        await script.close()


async def test_code_nodes_run_javascript(address: str) -> None:
    code = "return $input.all().map(({json}) => ({json: {doubled: json.body.n * 2}}))"
    await deploy(address, chain("code", webhook("code"), node("Code", "code", 2, 200, 0, {"jsCode": code})))
    assert (await call(address, "code", {"n": 21})).json() == {"doubled": 42}


async def test_workflows_and_executions_survive_a_restart(state: Path) -> None:
    with serving(local_n8n(state, "key")) as address:
        workflow_id = await deploy(address, chain("kept", webhook("kept"), fields("Set", 200, a="b")))
        await call(address, "kept")
    with serving(local_n8n(state, "key")) as address:
        assert (await call(address, "kept")).json() == {"a": "b"}
        async with httpx.AsyncClient(base_url=address, headers=HEADERS, trust_env=False) as http:
            runs = (await http.get("/api/v1/executions", params={"workflowId": workflow_id})).json()["data"]
    assert [run["status"] for run in runs] == ["success", "success"]


async def test_a_run_that_ended_with_its_process_is_found_crashed(state: Path) -> None:
    wait = node("Wait", "wait", 1.1, 200, 0, {"amount": 1, "unit": "hours"})
    with serving(local_n8n(state, "key")) as address:
        await deploy(address, chain("long", webhook("long", "onReceived"), wait))
        assert (await call(address, "long")).status_code == 200
    with serving(local_n8n(state, "key")) as address:
        async with httpx.AsyncClient(base_url=address, headers=HEADERS, trust_env=False) as http:
            (run,) = (await http.get("/api/v1/executions", params={"status": "error"})).json()["data"]
            retried = (await http.get(f"/api/v1/executions/{run['id']}")).json()
    assert (run["status"], retried["finished"]) == ("crashed", False)


async def test_a_failed_run_can_be_retried(address: str) -> None:
    stop = node("Stop", "stopAndError", 1, 200, 0, {"errorMessage": "Not today"})
    await deploy(address, chain("stops", webhook("stops"), stop))
    assert (await call(address, "stops")).json() == {"message": "Error in workflow"}
    async with httpx.AsyncClient(base_url=address, headers=HEADERS, trust_env=False) as http:
        (run,) = (await http.get("/api/v1/executions")).json()["data"]
        retried = (await http.post(f"/api/v1/executions/{run['id']}/retry")).json()
    assert (retried["mode"], retried["retryOf"], retried["status"]) == ("retry", int(run["id"]), "error")
    assert retried["data"]["resultData"]["error"]["message"] == "Not today"


async def test_header_credentials(address: str) -> None:
    async with httpx.AsyncClient(base_url=address, headers=HEADERS, trust_env=False) as http:
        body = {"name": "hdr", "type": "httpHeaderAuth", "data": {"name": "X-Lab", "value": "s3cret"}}
        credential = (await http.post("/api/v1/credentials", json=body)).json()
        hook = webhook("guarded")
        parameters = hook["parameters"]
        assert isinstance(parameters, dict)
        parameters["authentication"] = "headerAuth"
        hook["credentials"] = {"httpHeaderAuth": {"id": credential["id"], "name": "hdr"}}
        await deploy(address, chain("guarded", hook, fields("Set", 200, a="b")))
        wrong = await http.post("/webhook/guarded", headers={"X-Lab": "x"}, json={})
        right = await http.post("/webhook/guarded", headers={"X-Lab": "s3cret"}, json={})
    assert (wrong.status_code, wrong.text, right.status_code) == (403, "Authorization data is wrong!", 200)
    assert "data" not in credential


async def test_the_page_says_what_it_is(address: str) -> None:
    await deploy(address, chain("<b>odd</b> name", webhook("page")))
    async with httpx.AsyncClient(base_url=address, trust_env=False) as http:
        page = (await http.get("/")).text
    assert "Local n8n (stand-in)" in page
    assert "this is not n8n" in page.lower()
    assert f">{address}</code>" in page
    assert ">key</code>" in page
    assert "&lt;b&gt;odd&lt;/b&gt; name" in page
    assert "<script" not in page
    assert "style=" not in page


@given(st.lists(st.tuples(st.text(alphabet="ab ={", max_size=4), st.text(alphabet="xy +", min_size=1, max_size=4))))
def test_templates_split_into_what_they_were_made_of(parts: list[tuple[str, str]]) -> None:
    parts = [(text.replace("{", ""), code) for text, code in parts]
    template = "=" + "".join(f"{text}{{{{{code}}}}}" for text, code in parts)
    expected: list[object] = []
    for text, code in parts:
        expected += [{"text": text}] if text else []
        expected += [{"code": code.strip()}]
    assert pieces_of(template) == (expected or [{"text": ""}])
