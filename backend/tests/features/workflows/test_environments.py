"""Connecting n8n servers."""

import asyncio
import logging

import pytest
from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.permissions import Role
from tests.features.workflows.conftest import N8N_KEY, Automation, workflow_file
from tests.people import SYSTEM


async def test_a_connection_is_checked_and_its_key_sealed(
    automation: Automation, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        made = await automation.operator.client.post(
            "/api/workflows/environments",
            {"name": "Main", "base_url": f"{automation.servers.n8n}/api/v1/", "api_key": N8N_KEY},
        )
    assert made.status_code == 201
    body = made.json()
    assert body["base_url"] == automation.servers.n8n, "what people paste with the address is taken off"
    assert (body["version"], body["is_reachable"], body["check_failure"]) == ("1.123.81-local", True, None)
    assert N8N_KEY not in made.text + caplog.text
    async with automation.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        row = (await work.session.execute(text("select n8n_environments::text from n8n_environments"))).scalar_one()
        audit = (await work.session.execute(text("select string_agg(a::text, ' ') from audit_events a"))).scalar_one()
    assert N8N_KEY not in row
    assert N8N_KEY not in audit
    assert "workflow_environment.created" in audit


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"api_key": "wrong"}, "The n8n server didn't accept the API key. Create a new key in n8n and enter it here."),
        (
            {"base_url": "https://127.0.0.1:8443"},
            "The n8n server couldn't be reached at this address. Check the address, and that n8n is running.",
        ),
    ],
)
async def test_a_connection_that_does_not_hold_is_told(
    automation: Automation, change: dict[str, str], sentence: str
) -> None:
    body = {"name": "Main", "base_url": automation.servers.n8n, "api_key": N8N_KEY, **change}
    made = await automation.operator.client.post("/api/workflows/environments", body)
    assert (made.status_code, made.json()["is_reachable"], made.json()["check_failure"]) == (201, False, sentence)


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.5:5678",
        "http://n8n.example.com",
        "https://user:pass@n8n.example.com",
        "https://n8n.example.com:22",
        "ftp://n8n.example.com",
        "https://n8n.example.com/?x=1",
        "https://2130706433",
    ],
)
async def test_addresses_that_may_not_be_called_are_refused(automation: Automation, url: str) -> None:
    refused = await automation.operator.client.post(
        "/api/workflows/environments", {"name": "Main", "base_url": url, "api_key": N8N_KEY}
    )
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/base_url"]


async def test_change_check_delete(automation: Automation) -> None:
    client = automation.operator.client
    path = f"/api/workflows/environments/{await automation.environment()}"
    changed = await client.patch(path, {"name": "Other", "api_key": "wrong"})
    assert (changed.json()["name"], changed.json()["is_reachable"]) == ("Other", None)
    tested = await client.post(f"{path}/test")
    assert (tested.status_code, tested.json()["is_reachable"]) == (200, False)
    await client.patch(path, {"api_key": N8N_KEY, "is_active": False})
    tested = await client.post(f"{path}/test")
    assert (tested.json()["is_reachable"], tested.json()["version"]) == (True, "1.123.81-local")
    assert (await client.get(path)).json()["is_active"] is False
    assert [one["name"] for one in (await client.get("/api/workflows/environments")).json()["items"]] == ["Other"]
    assert (await client.delete(path)).status_code == 204
    assert (await client.get(path)).status_code == 404
    assert (await client.post(f"{path}/test")).status_code == 404


async def test_names_are_unique(automation: Automation) -> None:
    await automation.environment("Main")
    body = {"name": "Main", "base_url": automation.servers.n8n, "api_key": N8N_KEY}
    refused = await automation.operator.client.post("/api/workflows/environments", body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/name")


async def test_of_several_with_one_name_at_once_one_is_made(automation: Automation) -> None:
    body = {"name": "Main", "base_url": automation.servers.n8n, "api_key": N8N_KEY}
    client = automation.operator.client
    answers = await asyncio.gather(*(client.post("/api/workflows/environments", body) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201, 422, 422, 422, 422]


async def test_one_that_is_in_use_is_not_forgotten(automation: Automation) -> None:
    environment = await automation.environment()
    await automation.deployed(workflow_file("lab-async"), environment=environment)
    refused = await automation.operator.client.delete(f"/api/workflows/environments/{environment}")
    assert (refused.status_code, refused.json()["allowed"]) == (409, ["deactivate"])


async def test_the_same_key_makes_one_environment(automation: Automation) -> None:
    body = {"name": "Main", "base_url": automation.servers.n8n, "api_key": N8N_KEY}
    headers = {"Idempotency-Key": "environment-1"}
    first = await automation.operator.client.post("/api/workflows/environments", body, headers=headers)
    second = await automation.operator.client.post("/api/workflows/environments", body, headers=headers)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DEVELOPER, Role.OWNER, Role.ADMINISTRATOR, Role.USER])
async def test_only_operators_see_them(automation: Automation, role: Role) -> None:
    environment = await automation.environment()
    org_id = automation.owner.org_id if role in (Role.OWNER, Role.ADMINISTRATOR, Role.USER) else None
    person = await automation.people.person(role, org_id)
    for path in ("", f"/{environment}"):
        assert (await person.client.get(f"/api/workflows/environments{path}")).status_code == 403
    assert (await person.client.post("/api/workflows/templates/inspect", {"definition": {}})).status_code == 403
