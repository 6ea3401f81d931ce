"""A workflow that was removed is gone at n8n, too, whatever was under way and whoever was away."""

from typing import Any

import pytest

from capecontrol.adapters.n8n.client import N8nEngine
from capecontrol.adapters.outbound.client import OutboundHttp
from capecontrol.core.outbox.runner import BACKOFF_SECONDS
from capecontrol.core.ports import Ports
from capecontrol.features.workflows.ports import AutomationEngine, EngineRejected, EngineUnreachable
from tests.features.workflows import at_engine
from tests.features.workflows.conftest import Automation, wire, workflow_file


class Stumbling(N8nEngine):
    """Its first deletions fail, before or behind their deed."""

    def __init__(self, automation: Automation, failures: int, *, behind: bool) -> None:
        super().__init__(OutboundHttp(allowed_private_hosts=at_engine.hosts(automation)))
        self.failures = failures
        self.behind = behind

    async def delete(self, connection: Any, workflow_id: str) -> None:
        if self.behind or not self.failures:
            await super().delete(connection, workflow_id)
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the worker died here") if self.behind else EngineUnreachable("The server is away.")


#: Of a server that is away for more than two hours: 2, 5, 15 and 60 seconds, 5, 30 and 120 minutes lie between them.
ATTEMPTS_WHILE_AWAY = 8


@pytest.mark.parametrize(("failures", "behind"), [(ATTEMPTS_WHILE_AWAY, False), (1, True)], ids=["away", "killed"])
async def test_a_removal_goes_on_until_the_workflow_is_gone_there(
    automation: Automation, ports: Ports, failures: int, *, behind: bool
) -> None:
    workflow_id = await automation.deployed(workflow_file("lab-async"))
    ports.provide(AutomationEngine, Stumbling(automation, failures, behind=behind))
    assert (await automation.operator.client.delete(f"/api/workflows/{workflow_id}")).status_code == 202
    for _ in range(failures):
        await automation.drain()
        assert await automation.drain.pending() == ["workflows.remove"]
        assert (await at_engine.held(automation, workflow_id) is None) == behind
        await automation.drain.make_due()
    await automation.drain()
    assert await automation.drain.pending() == []
    assert await at_engine.held(automation, workflow_id) is None


async def left(automation: Automation) -> list[dict[str, Any]]:
    """Return what the operator's dashboard says still runs somewhere."""
    page = (await automation.operator.client.get("/api/dashboard")).json()
    return [need for need in page["needs_you"] if need["kind"] == "WORKFLOW_LEFT"]


async def test_a_removal_that_was_given_up_is_told_until_trying_again_succeeds(
    automation: Automation, ports: Ports
) -> None:
    workflow_id = await automation.deployed(workflow_file("lab-async"))
    workflow = (await automation.operator.client.get(f"/api/workflows/{workflow_id}")).json()
    attempts = len(BACKOFF_SECONDS) + 1
    ports.provide(AutomationEngine, Stumbling(automation, attempts, behind=False))
    await automation.operator.client.delete(f"/api/workflows/{workflow_id}")
    for _ in range(attempts):
        assert await left(automation) == []
        await automation.drain()
        await automation.drain.make_due()
    await automation.drain()

    [need] = await left(automation)

    servers = (await automation.operator.client.get("/api/workflows/environments")).json()["items"]
    [server] = [one["name"] for one in servers if one["id"] == workflow["environment_id"]]
    project = workflow["project"]
    assert need["title"] == f"Workflow still runs at {server}: {workflow['name']}"
    assert need["reason"].startswith(f"It was removed from {project['title']} ({project['code']}), and ")
    assert (need["link"], need["organization"]["id"]) == ("/admin/system", workflow["org_id"])
    [letter] = (await automation.operator.client.get("/api/system/dead-letters")).json()["items"]
    await automation.operator.client.post(f"/api/system/dead-letters/{letter['id']}/revive")
    await automation.drain()
    assert (await left(automation), await at_engine.held(automation, workflow_id)) == ([], None)


async def test_each_one_of_its_name_is_deleted(automation: Automation) -> None:
    """A server that was slow may have made it twice: its first answer came after the deployment had looked again."""
    workflow_id = await automation.deployed(workflow_file("lab-async"))
    name = await at_engine.name_of(automation, workflow_id)
    twin = workflow_file("lab-async") | {"name": name}
    for _ in range(2):
        await at_engine.engine(automation).create_workflow(at_engine.connection(automation), twin)
    assert (await automation.operator.client.delete(f"/api/workflows/{workflow_id}")).status_code == 202
    await automation.drain()
    assert await at_engine.held(automation, workflow_id) is None


async def test_one_that_is_removed_while_it_is_deployed_leaves_nothing_behind(
    automation: Automation, ports: Ports
) -> None:
    path: list[str] = []

    class Slow(N8nEngine):
        async def activate(self, connection: Any, workflow_id: str) -> None:
            await super().activate(connection, workflow_id)
            (deploying,) = (await automation.operator.client.get("/api/workflows")).json()["items"]
            path.append(f"/api/workflows/{deploying['id']}")
            assert (await automation.operator.client.delete(path[0])).status_code == 202

    ports.provide(AutomationEngine, Slow(OutboundHttp(allowed_private_hosts=at_engine.hosts(automation))))
    try:
        workflow_id = await automation.deployed(workflow_file("lab-async"), expect="REMOVED")
    finally:
        wire(ports, automation.servers.api, automation.servers.n8n)
    assert await at_engine.held(automation, workflow_id) is None


@pytest.mark.parametrize("attempt", ["ends well", "dies"])
async def test_one_that_was_removed_before_the_engine_made_it_is_deleted_there(
    automation: Automation, ports: Ports, attempt: str
) -> None:
    """The removal looked before there was anything to delete, so it must look again, also at an engine that is away."""
    refusals = ["once"]

    class Late(N8nEngine):
        async def create_workflow(self, connection: Any, definition: Any) -> str:
            (deploying,) = (await automation.operator.client.get("/api/workflows")).json()["items"]
            assert (await automation.operator.client.delete(f"/api/workflows/{deploying['id']}")).status_code == 202
            await automation.drain()
            assert await automation.drain.pending() == ["workflows.deploy"], "the removal found nothing and is done"
            return await super().create_workflow(connection, definition)

        async def activate(self, connection: Any, workflow_id: str) -> None:
            await super().activate(connection, workflow_id)
            if attempt == "dies":
                raise ConnectionError("the worker died here")

        async def delete(self, connection: Any, workflow_id: str) -> None:
            if refusals:
                refusals.clear()
                raise EngineUnreachable("The automation engine is away.")
            await super().delete(connection, workflow_id)

    ports.provide(AutomationEngine, Late(OutboundHttp(allowed_private_hosts=at_engine.hosts(automation))))
    try:
        workflow_id = await automation.deployed(workflow_file("lab-async"), expect="REMOVED")
        assert await at_engine.held(automation, workflow_id) is not None
        for _ in range(2):
            await automation.drain.make_due()
            await automation.drain()
    finally:
        wire(ports, automation.servers.api, automation.servers.n8n)
    assert await automation.drain.pending() == []
    assert await at_engine.held(automation, workflow_id) is None


async def test_one_that_is_removed_while_its_deployment_fails_does_not_live_on(
    automation: Automation, ports: Ports
) -> None:
    """The engine made it and then refused to switch it on; the removal came too early to find it there."""

    class Refusing(N8nEngine):
        async def create_workflow(self, connection: Any, definition: Any) -> str:
            (deploying,) = (await automation.operator.client.get("/api/workflows")).json()["items"]
            assert (await automation.operator.client.delete(f"/api/workflows/{deploying['id']}")).status_code == 202
            await automation.drain()
            return await super().create_workflow(connection, definition)

        async def activate(self, connection: Any, workflow_id: str) -> None:
            raise EngineRejected("The engine does not know a node.")

    ports.provide(AutomationEngine, Refusing(OutboundHttp(allowed_private_hosts=at_engine.hosts(automation))))
    try:
        workflow_id = await automation.deployed(workflow_file("lab-async"), expect="REMOVED")
    finally:
        wire(ports, automation.servers.api, automation.servers.n8n)
    assert await automation.drain.pending() == []
    assert await at_engine.held(automation, workflow_id) is None
