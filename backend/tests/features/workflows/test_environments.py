"""Connecting n8n servers."""

import asyncio
import logging

import httpx
import pytest
from sqlalchemy import text

from capecontrol.adapters.n8n.client import N8nEngine
from capecontrol.adapters.outbound.client import OutboundHttp
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.features.workflows.ports import AutomationEngine, EngineConnection, EngineInfo
from tests.features.audit.log import search
from tests.features.workflows import at_engine
from tests.features.workflows.conftest import N8N_KEY, Automation, until, workflow_file
from tests.kept_ports import kept
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
    ("change", "sentence", "fact"),
    [
        (
            {"api_key": "wrong"},
            "The n8n server didn't accept the API key. Create a new key in n8n and enter it here.",
            "n8n did not accept the API key",
        ),
        (
            {"base_url": "https://127.0.0.1:8443"},
            "The n8n server couldn't be reached at this address. Check the address, and that n8n is running.",
            "n8n could not be reached at this address",
        ),
    ],
)
async def test_a_connection_that_does_not_hold_is_told_to_do_better_and_recorded_as_a_fact(
    automation: Automation, change: dict[str, str], sentence: str, fact: str
) -> None:
    body = {"name": "Main", "base_url": automation.servers.n8n, "api_key": N8N_KEY, **change}
    made = await automation.operator.client.post("/api/workflows/environments", body)
    assert (made.status_code, made.json()["is_reachable"], made.json()["check_failure"]) == (201, False, sentence)
    tested = await automation.operator.client.post(f"/api/workflows/environments/{made.json()['id']}/test")
    assert tested.json()["check_failure"] == sentence
    checked, added = await search(automation.operator, action="workflow_environment.")
    assert added["title"] == "Added the n8n server Main (connection check failed)"
    assert (checked["action"], checked["outcome"]) == ("workflow_environment.checked", "FAILURE")
    assert added["metadata"]["connection_check"] == checked["metadata"]["connection_check"] == fact


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


async def test_of_two_edits_of_a_server_the_later_one_is_told(automation: Automation) -> None:
    client = automation.operator.client
    path = f"/api/workflows/environments/{await automation.environment()}"
    seen = (await client.get(path)).headers["etag"]
    # A test of the connection is no edit.
    assert (await client.post(f"{path}/test")).status_code == 200
    assert (await client.get(path)).headers["etag"] == seen
    both = [client.patch(path, {"name": name}, headers={"If-Match": seen}) for name in ("First", "Second")]
    answers = await asyncio.gather(*both)
    assert sorted(one.status_code for one in answers) == [200, 412]
    (done,) = (one for one in answers if one.status_code == 200)
    assert (await client.get(path)).json()["name"] == done.json()["name"]
    keyed = await client.patch(path, {"api_key": "another-key"}, headers={"If-Match": done.headers["etag"]})
    assert keyed.headers["etag"] != done.headers["etag"]


@pytest.mark.parametrize(
    "address", ["https://other.example.com", "https://n8n.example.com:8443", "https://n8n.example.com.evil.test"]
)
async def test_the_saved_key_is_not_sent_to_another_server(automation: Automation, address: str) -> None:
    client = automation.operator.client
    made = await client.post(
        "/api/workflows/environments",
        {"name": "Main", "base_url": "https://n8n.example.com", "api_key": "first-key"},
    )
    path = f"/api/workflows/environments/{made.json()['id']}"
    refused = await client.patch(path, {"base_url": address, "name": "Renamed"})
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/api_key"]
    unchanged = (await client.get(path)).json()
    assert (unchanged["base_url"], unchanged["name"]) == ("https://n8n.example.com", "Main")
    assert (await client.patch(path, {"base_url": address, "api_key": "second-key"})).status_code == 200
    [event] = (await client.get("/api/audit", params={"action": "workflow_environment.updated"})).json()["items"]
    assert event["title"] == "Changed the n8n server Main"
    assert event["metadata"] == {
        "name": "Main",
        "changed": ["base_url", "api_key"],
        "base_url": {"from": "https://n8n.example.com", "to": address},
    }


async def test_the_same_server_keeps_its_key(automation: Automation) -> None:
    client = automation.operator.client
    path = f"/api/workflows/environments/{await automation.environment()}"
    again = await client.patch(path, {"base_url": f"{automation.servers.n8n}/api/v1", "name": "Main server"})
    assert again.status_code == 200


async def overtaken_by(automation: Automation, environment_id: str, statement: str, **change: object) -> httpx.Response:
    """Send an edit that has to wait for the row while somebody else's change of it is under way; return its answer."""
    client = automation.operator.client
    await client.csrf()
    factory = automation.people.factory
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(text("select 1 from n8n_environments for update"))
        edit = asyncio.create_task(client.patch(f"/api/workflows/environments/{environment_id}", change))
        waiting = text(
            "select count(*) from pg_locks join pg_stat_activity using (pid)"
            " where not granted and datname = current_database()"
        )
        await until(lambda: work.session.scalar(waiting))
        await work.session.execute(text(statement), {"key": work.keyring.seal(NEW_KEY)})
    return await edit


NEW_KEY = "key-of-the-new-server"
MOVED = "update n8n_environments set base_url = 'https://n8n-new.example', api_key_sealed = :key"


async def test_a_new_name_does_not_undo_a_move_to_another_server(automation: Automation) -> None:
    """Else the new server's key would go to the old address."""
    environment = await automation.environment()
    answer = await overtaken_by(automation, environment, MOVED, name="Renamed")
    assert (answer.status_code, answer.json()["base_url"]) == (200, "https://n8n-new.example")
    async with automation.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        row = (await work.session.execute(text("select * from n8n_environments"))).mappings().one()
        told = "select metadata -> 'changed' from audit_events where action = 'workflow_environment.updated'"
        assert (await work.session.execute(text(told))).scalar_one() == ["name"]
    assert (row["name"], row["base_url"]) == ("Renamed", "https://n8n-new.example")
    assert work.keyring.open(row["api_key_sealed"]) == NEW_KEY


async def test_a_move_back_needs_the_key_once_another_is_saved(automation: Automation) -> None:
    """Whoever asks saw the old address, and sends it without a key: the saved one is the new server's by then."""
    environment = await automation.environment()
    refused = await overtaken_by(automation, environment, MOVED, base_url=automation.servers.n8n)
    assert refused.status_code == 422, refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/api_key"]
    (kept,) = (await automation.operator.client.get("/api/workflows/environments")).json()["items"]
    assert kept["base_url"] == "https://n8n-new.example"


async def test_an_edit_of_a_server_that_was_just_deleted_is_404(automation: Automation) -> None:
    environment = await automation.environment()
    gone = await overtaken_by(automation, environment, "delete from n8n_environments", name="Renamed")
    assert gone.status_code == 404


async def test_a_test_that_was_overtaken_by_an_edit_says_nothing_of_the_new_server(
    automation: Automation, ports: Ports
) -> None:
    client = automation.operator.client
    path = f"/api/workflows/environments/{await automation.environment()}"

    class Moved(N8nEngine):
        async def check(self, connection: EngineConnection) -> EngineInfo:
            checked = await super().check(connection)
            moved = await client.patch(path, {"base_url": "https://n8n-new.example", "api_key": NEW_KEY})
            assert moved.status_code == 200
            return checked

    with kept(ports, AutomationEngine):
        ports.provide(AutomationEngine, Moved(OutboundHttp(allowed_private_hosts=at_engine.hosts(automation))))
        overtaken = await client.post(f"{path}/test")
    assert (overtaken.status_code, overtaken.json()["type"]) == (409, "workflows/environment-changed")
    assert (await client.get(path)).json()["is_reachable"] is None


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
