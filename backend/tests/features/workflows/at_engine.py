"""What a test's n8n holds, asked as a deployment asks."""

from capecontrol.adapters.n8n.client import N8nEngine
from capecontrol.adapters.outbound.client import OutboundHttp
from capecontrol.features.workflows.ports import EngineConnection
from tests.features.workflows.conftest import N8N_KEY, Automation


def hosts(automation: Automation) -> frozenset[str]:
    """Return the private addresses that may be called."""
    return frozenset({automation.servers.n8n.removeprefix("http://")})


def engine(automation: Automation) -> N8nEngine:
    """Return the product's own client of it."""
    return N8nEngine(OutboundHttp(allowed_private_hosts=hosts(automation)))


def connection(automation: Automation) -> EngineConnection:
    """Return its address and key."""
    return EngineConnection(automation.servers.n8n, N8N_KEY)


async def name_of(automation: Automation, workflow_id: str) -> str:
    """Return the name of a workflow of the template "Lead capture" there."""
    project = (await automation.workflow(workflow_id))["project"]["code"]
    return f"{project} Lead capture [{workflow_id.replace('-', '')[-12:]}]"


async def held(automation: Automation, workflow_id: str) -> str | None:
    """Return its id of a workflow, looked up as a deployment looks: by its name."""
    return await engine(automation).find_workflow(connection(automation), await name_of(automation, workflow_id))
