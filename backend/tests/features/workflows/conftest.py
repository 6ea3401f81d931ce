"""The application and a local n8n, each on a port of 127.0.0.1, and a project that is open for work."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI

from capecontrol.adapters.n8n.client import N8nEngine
from capecontrol.adapters.n8n.local.app import local_n8n
from capecontrol.adapters.outbound.client import OutboundHttp
from capecontrol.core.ports import Ports
from capecontrol.features.workflows.ports import AutomationEngine, CallbackBase
from tests.adapters.n8n.receiver import Receiver, serving
from tests.kept_ports import kept
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import People, Person

N8N_KEY = "n8n-key-of-these-tests"
FILES = Path(__file__).parent / "files"


def workflow_file(name: str) -> dict[str, Any]:
    """One of the workflow files that a real n8n exported."""
    found: dict[str, Any] = json.loads((FILES / f"{name}.json").read_text())
    return found


async def until(holds: Callable[[], Awaitable[object]], seconds: float = 20.0) -> None:
    """Wait until something holds: what runs elsewhere has no event to wait for."""
    deadline = time.monotonic() + seconds
    while not await holds():
        assert time.monotonic() < deadline, "it did not come"
        await asyncio.sleep(0.03)


@dataclass(frozen=True)
class Servers:
    """Where things are."""

    api: str
    n8n: str
    n8n_key: str = N8N_KEY


@pytest.fixture(scope="session")
def local_engine(tmp_path_factory: pytest.TempPathFactory, clock: MovingClock) -> Iterator[str]:
    with serving(local_n8n(Path(tmp_path_factory.mktemp("n8n")), N8N_KEY, clock)) as address:
        yield address


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    found = Receiver()
    with serving(found.app()) as address:
        found.base_url = address
        yield found


@pytest.fixture(scope="session")
async def served_api(app: FastAPI) -> AsyncIterator[str]:
    """The application over HTTP, in the tests' own event loop: engines call back there."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        task = asyncio.create_task(server.serve(sockets=[listener]))

        async def is_up() -> bool:
            return server.started

        await until(is_up)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        await task


@pytest.fixture(scope="session")
def servers(served_api: str, local_engine: str) -> Servers:
    return Servers(served_api, local_engine)


def wire(ports: Ports, api: str, n8n: str) -> None:
    """Let the application call an engine at an address, and the engine call back."""
    allowed = frozenset({urlsplit(n8n).netloc})
    ports.provide(AutomationEngine, N8nEngine(OutboundHttp(allowed_private_hosts=allowed)))
    ports.provide(CallbackBase, CallbackBase(api))


class Automation:
    """An operator's steps, as the pages make them."""

    def __init__(self, servers: Servers, people: People, drain: Drain, operator: Person, owner: Person) -> None:
        self.servers = servers
        self.people = people
        self.drain = drain
        self.operator = operator
        self.owner = owner

    async def project(self, *, approved: bool = True, owner: Person | None = None) -> str:
        org_id = str((owner or self.owner).org_id)
        made = await self.operator.client.post("/api/projects", {"org_id": org_id, "title": "Lead capture"})
        assert made.status_code == 201, made.text
        if approved:
            moved = await self.operator.client.post(
                f"/api/projects/{made.json()['id']}/status",
                {"status": "APPROVED", "override": True, "reason": "approved on paper"},
            )
            assert moved.status_code == 200, moved.text
        return str(made.json()["id"])

    async def environment(self, name: str = "Local n8n", *, key: str | None = None, url: str | None = None) -> str:
        made = await self.operator.client.post(
            "/api/workflows/environments",
            {"name": name, "base_url": url or self.servers.n8n, "api_key": key or self.servers.n8n_key},
        )
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    async def template(self, definition: dict[str, Any], parameters: list[dict[str, Any]] | None = None) -> str:
        made = await self.operator.client.post(
            "/api/workflows/templates",
            {"name": "Lead capture", "definition": definition, "parameters": parameters or []},
        )
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    async def deployed(
        self,
        definition: dict[str, Any],
        parameters: list[dict[str, Any]] | None = None,
        values: dict[str, Any] | None = None,
        *,
        environment: str | None = None,
        expect: str = "ACTIVE",
    ) -> str:
        """Import, deploy, let the worker work; return the workflow's id."""
        made = await self.operator.client.post(
            "/api/workflows",
            {
                "project_id": await self.project(),
                "template_id": await self.template(definition, parameters),
                "environment_id": environment or await self.environment(),
                "parameters": values or {},
            },
        )
        assert made.status_code == 202, made.text
        assert made.json()["status"] == "DEPLOYING"
        await self.drain()
        workflow = await self.workflow(made.json()["id"])
        assert workflow["status"] == expect, workflow
        return str(workflow["id"])

    async def workflow(self, workflow_id: str, person: Person | None = None) -> dict[str, Any]:
        answer = await (person or self.operator).client.get(f"/api/workflows/{workflow_id}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def trigger(self, workflow_id: str, payload: dict[str, Any] | None = None) -> str:
        """Ask for a run and let the worker start it; return our id of it."""
        made = await self.operator.client.post(f"/api/workflows/{workflow_id}/trigger", {"payload": payload or {}})
        assert made.status_code == 202, made.text
        await self.drain()
        return str(made.json()["execution_id"])

    async def executions(self, workflow_id: str, person: Person | None = None) -> list[dict[str, Any]]:
        answer = await (person or self.operator).client.get(f"/api/workflows/{workflow_id}/executions")
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["items"]
        return found

    async def ended(self, workflow_id: str, execution_id: str) -> dict[str, Any]:
        """Wait for a run's end."""
        found: list[dict[str, Any]] = []

        async def end() -> bool:
            found[:] = [run for run in await self.executions(workflow_id) if run["id"] == execution_id]
            return bool(found) and found[0]["status"] != "RUNNING"

        await until(end)
        return found[0]


@pytest.fixture
async def automation(servers: Servers, people: People, drain: Drain, ports: Ports) -> AsyncIterator[Automation]:
    with kept(ports, AutomationEngine, CallbackBase):
        wire(ports, servers.api, servers.n8n)
        yield Automation(servers, people, drain, await people.operator(), await people.owner())
