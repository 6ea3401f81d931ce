"""Importing workflow files as templates."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from tests.features.workflows.conftest import Automation, workflow_file
from tests.people import SYSTEM

SECRET_AT = "/nodes/2/parameters/secret"
URL_AT = "/nodes/3/parameters/url"


async def test_inspect_tells_what_may_vary(automation: Automation) -> None:
    answer = await automation.operator.client.post(
        "/api/workflows/templates/inspect", {"definition": workflow_file("callback")}
    )
    assert answer.status_code == 200
    body = answer.json()
    assert (body["name"], body["trigger"], body["nodes"], body["has_own_response"]) == (
        "lab-callback", "Webhook", 4, False,
    )  # fmt: skip
    values = {one["pointer"]: one for one in body["values"]}
    assert values[URL_AT] == {
        "pointer": URL_AT,
        "node": "Callback",
        "label": "Callback · url",
        "value": "http://127.0.0.1:5690/callback",
        "type": "TEXT",
    }
    assert (values[SECRET_AT]["type"], values[SECRET_AT]["value"]) == ("SECRET", "")
    assert "lab-shared-secret" not in answer.text
    assert not [one for one in values if "/parameters/path" in one], "the trigger's path is the deployment's business"


async def test_credentials_become_slots(automation: Automation) -> None:
    definition = workflow_file("lab-async")
    definition["nodes"][1]["credentials"] = {"httpHeaderAuth": {"id": "ieyx2p4yZDJlcdnO", "name": "CRM header"}}
    answer = await automation.operator.client.post("/api/workflows/templates/inspect", {"definition": definition})
    assert answer.json()["credentials"] == [
        {
            "pointer": "/nodes/1/credentials/httpHeaderAuth/id",
            "node": "Wait",
            "type": "httpHeaderAuth",
            "name": "CRM header",
        }
    ]
    assert "ieyx2p4yZDJlcdnO" not in answer.text


async def test_a_files_secrets_are_not_kept(automation: Automation) -> None:
    parameter = {"key": "secret", "label": "Secret", "type": "SECRET", "pointer": SECRET_AT}
    template = await automation.template(workflow_file("callback"), [parameter])
    answer = await automation.operator.client.get(f"/api/workflows/templates/{template}")
    assert answer.json()["parameters"] == [{**parameter, "required": True, "default": None}]
    async with automation.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        row = (await work.session.execute(text("select t::text from workflow_templates t"))).scalar_one()
    assert "lab-shared-secret" not in answer.text + row


async def test_what_an_export_carries_besides_is_left_out(automation: Automation) -> None:
    definition = {
        **workflow_file("lab-async"),
        "id": "x",
        "active": True,
        "pinData": {"Webhook": []},
        "meta": {},
        "tags": [],
        "versionId": "y",
    }
    definition["settings"]["errorWorkflow"] = "another"
    template = await automation.template(definition)
    kept = (await automation.operator.client.get(f"/api/workflows/templates/{template}")).json()["definition"]
    assert set(kept) == {"name", "nodes", "connections", "settings"}
    assert "errorWorkflow" not in kept["settings"]


def _without_webhook(definition: dict[str, Any]) -> None:
    definition["nodes"][0]["type"] = "n8n-nodes-base.scheduleTrigger"


def _disabled_webhook(definition: dict[str, Any]) -> None:
    definition["nodes"][0]["disabled"] = True


def _two_webhooks(definition: dict[str, Any]) -> None:
    definition["nodes"].append({**definition["nodes"][0], "name": "Second"})


def _same_names(definition: dict[str, Any]) -> None:
    definition["nodes"][1]["name"] = "Webhook"


def _loose_connection(definition: dict[str, Any]) -> None:
    definition["connections"]["Webhook"]["main"][0][0]["node"] = "Nowhere"


def _no_nodes(definition: dict[str, Any]) -> None:
    definition["nodes"] = []


def _no_connections(definition: dict[str, Any]) -> None:
    del definition["connections"]


def _nul(definition: dict[str, Any]) -> None:
    definition["nodes"][0]["notes"] = "a\x00b"


def _surrogate(definition: dict[str, Any]) -> None:
    definition["nodes"][0]["notes"] = "\ud800"


def _deep(definition: dict[str, Any]) -> None:
    definition["nodes"][0]["parameters"]["deep"] = json.loads("[" * 45 + "]" * 45)


def _large(definition: dict[str, Any]) -> None:
    definition["nodes"][0]["notes"] = "x" * (1024 * 1024)


def _odd_node(definition: dict[str, Any]) -> None:
    definition["nodes"][1] = "Wait"


@pytest.mark.parametrize(
    ("break_it", "pointer", "says"),
    [
        (_without_webhook, "/definition/nodes", "no enabled Webhook node"),
        (_disabled_webhook, "/definition/nodes", "no enabled Webhook node"),
        (_two_webhooks, "/definition/nodes", "2 enabled Webhook nodes"),
        (_same_names, "/definition/nodes/1/name", "Two nodes"),
        (_loose_connection, "/definition/connections", "doesn't exist"),
        (_no_nodes, "/definition/nodes", "no nodes"),
        (_no_connections, "/definition", "isn't an n8n workflow file"),
        (_nul, "/definition", "can't be stored"),
        (_surrogate, "/definition", "can't be stored"),
        (_deep, "/definition", "nested"),
        (_large, "/definition", "larger"),
        (_odd_node, "/definition/nodes/1", "JSON object"),
    ],
)
async def test_files_that_cannot_be_deployed_are_refused(
    automation: Automation, break_it: Any, pointer: str, says: str
) -> None:
    definition = workflow_file("lab-async")
    break_it(definition)
    # json.dumps keeps the half surrogate as an escape; httpx's own would stumble over it.
    content = json.dumps({"name": "x", "definition": definition}).encode()
    refused = await automation.operator.client.post(
        "/api/workflows/templates", content=content, headers={"Content-Type": "application/json"}
    )
    assert refused.status_code == 422, refused.text
    (error,) = refused.json()["errors"]
    assert error["pointer"] == pointer
    assert says in error["detail"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"pointer": "/nodes/9/parameters/x"}, "/parameters/0/pointer"),
        ({"pointer": "/nodes/0/parameters/path"}, "/parameters/0/pointer"),
        ({"key": "Not a key"}, "/parameters/0/key"),
        ({"type": "SECRET", "default": "x"}, "/parameters/0/default"),
        ({"type": "NUMBER", "default": "x"}, "/parameters/0/default"),
        ({"default": "={{ $env.HOME }}"}, "/parameters/0/default"),
        ({"type": "COLOUR"}, "/parameters/0/type"),
    ],
)
async def test_parameters_must_fit_the_file(automation: Automation, change: dict[str, Any], pointer: str) -> None:
    parameter = {"key": "url", "label": "URL", "pointer": URL_AT, **change}
    refused = await automation.operator.client.post(
        "/api/workflows/templates", {"name": "x", "definition": workflow_file("callback"), "parameters": [parameter]}
    )
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]


async def test_an_edit_makes_the_next_version(automation: Automation) -> None:
    client = automation.operator.client
    first = await automation.template(workflow_file("lab-async"))
    edited = (await client.patch(f"/api/workflows/templates/{first}", {"name": "Better"})).json()
    before = (await client.get(f"/api/workflows/templates/{first}")).json()
    assert (edited["version"], edited["name"], edited["family_id"]) == (2, "Better", before["family_id"])
    assert (before["version"], before["name"], before["is_current"]) == (1, "Lead capture", False)
    listed = (await client.get("/api/workflows/templates")).json()["items"]
    assert [one["id"] for one in listed] == [edited["id"]]
    late = await client.patch(f"/api/workflows/templates/{first}", {"name": "Late"})
    assert (late.status_code, late.json()["type"]) == (409, "workflows/template-superseded")


async def test_archived_ones_leave_the_library(automation: Automation) -> None:
    client = automation.operator.client
    template = await automation.template(workflow_file("lab-async"))
    assert (await client.delete(f"/api/workflows/templates/{template}")).status_code == 204
    assert (await client.get("/api/workflows/templates")).json()["items"] == []
    assert (await client.delete(f"/api/workflows/templates/{template}")).status_code == 409
