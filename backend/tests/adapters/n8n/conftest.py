"""Both engines behind one fixture: the local n8n always, a real one where N8N_TEST_URL names it."""

import os
import secrets
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from capecontrol.adapters.n8n.client import N8nEngine
from capecontrol.adapters.n8n.local.app import local_n8n
from capecontrol.adapters.outbound.client import OutboundHttp
from capecontrol.features.workflows.ports import Definition, EngineConnection
from tests.adapters.n8n.receiver import Receiver, serving

API_KEY = "local-test-key"


@dataclass
class Subject:
    """An engine under test."""

    kind: str
    engine: N8nEngine
    connection: EngineConnection
    made: list[str] = field(default_factory=list)

    async def deploy(self, definition: Definition) -> str:
        """Create and activate; removed after the test."""
        workflow_id = await self.engine.create_workflow(self.connection, definition)
        self.made.append(workflow_id)
        await self.engine.activate(self.connection, workflow_id)
        return workflow_id


@pytest.fixture(scope="session")
def local_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(local_n8n(Path(tmp_path_factory.mktemp("n8n")), API_KEY)) as address:
        yield address


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    found = Receiver()
    with serving(found.app()) as address:
        found.base_url = address
        yield found


@pytest.fixture(params=["local", pytest.param("real", marks=pytest.mark.real_n8n)])
async def subject(request: pytest.FixtureRequest, local_address: str) -> AsyncIterator[Subject]:
    if request.param == "real":
        address, key = os.environ.get("N8N_TEST_URL"), os.environ.get("N8N_TEST_API_KEY")
        if not address or not key:
            pytest.skip("N8N_TEST_URL and N8N_TEST_API_KEY are not set")
    else:
        address, key = local_address, API_KEY
    engine = N8nEngine(OutboundHttp(allowed_private_hosts=frozenset({urlsplit(address).netloc})))
    found = Subject(request.param, engine, EngineConnection(address.rstrip("/"), key))
    yield found
    for workflow_id in found.made:
        await engine.delete(found.connection, workflow_id)


@pytest.fixture
def path() -> str:
    """A webhook path that no other test uses."""
    return f"test-{secrets.token_hex(8)}"
