"""What a run begins with: a schema, an operator, organizations with an owner each, and a deployed workflow."""

import asyncio
import itertools
import time
from dataclasses import dataclass

import httpx

from capecontrol.cli.staff import add_staff
from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import OrganizationScope, PlatformScope
from capecontrol.core.ids import new_id
from capecontrol.core.permissions import Role
from capecontrol.features.identity.actions.add_account import AddAccount, add_account
from capecontrol.features.onboarding.interface import complete_all
from capecontrol.features.organizations.interface import create_organization
from capecontrol.main.database.consent import Consent
from capecontrol.main.database.migration import Migrator
from capecontrol.main.seller import begin_business
from capecontrol.main.settings import Settings
from capecontrol.main.wiring import build_factory, build_password_hasher
from client import PASSWORD, Client, Person
from deals import DEAL
from outside import N8N_KEY
from world import World

BOOT_SECONDS = 90.0
OPERATOR = "operator@faults.test"
#: The project whose workflow runs.
RUNS = f"{DEAL}runs"
ORGANIZATIONS = ("harbour", "karoo", "namaqua")
WORKFLOW_FILE = {
    "name": "Runs of the fault run",
    "nodes": [
        {
            "id": "1",
            "name": "Webhook",
            "type": "n8n-nodes-base.webhook",
            "typeVersion": 2,
            "position": [0, 0],
            "parameters": {"httpMethod": "POST", "path": "faults"},
        }
    ],
    "connections": {},
    "settings": {},
}


@dataclass(frozen=True)
class Stage:
    """Who is there when the run begins."""

    operator: Person
    owners: tuple[Person, ...]
    org_ids: tuple[str, ...]


async def prepare(world: World) -> Stage:
    """Migrate, and make the people."""
    settings = Settings.model_validate({name.lower(): value for name, value in world.environment().items()})
    await Migrator(world.postgres.owner_dsn()).migrate(Consent(is_given=True, environment="test"))
    factory = build_factory(settings)
    org_ids = []
    async with factory.database:
        await begin_business(factory, settings)
        hasher = build_password_hasher(settings, factory.rings)
        await add_staff(factory, hasher, email=OPERATOR, role=Role.OPERATOR, name="Naledi Dlamini", password=PASSWORD)
        hashed = await hasher.hash(PASSWORD)
        system = Actor.system("faults")
        for name in ORGANIZATIONS:
            org_id = new_id()
            async with factory.unit(system, PlatformScope("faults: prepare")) as work:
                await create_organization(work, org_id=org_id, name=f"{name.capitalize()} Logistics", domain=name)
                owner = AddAccount(f"owner@{name}.test", "Thandi Nkosi", Role.OWNER, hashed, org_id)
                user_id = await add_account(work, owner)
            async with factory.unit(system, OrganizationScope(org_id)) as work:
                await complete_all(work, user_id, timezone="Africa/Johannesburg")
            org_ids.append(str(org_id))
    owners = tuple(Person(f"owner@{name}.test") for name in ORGANIZATIONS)
    return Stage(Person(OPERATOR), owners, tuple(org_ids))


async def boot(world: World, stage: Stage, client: Client) -> str:
    """Wait until every API process is ready, sign everybody in, deploy a workflow and return its id."""
    deadline = time.monotonic() + BOOT_SECONDS
    async with httpx.AsyncClient(timeout=5) as http:
        for address in world.addresses:
            while not await _is_ready(http, address):
                if time.monotonic() > deadline:
                    raise TimeoutError(f"the platform did not become ready; see {world.home}")
                await asyncio.sleep(0.2)
    for person in (stage.operator, *stage.owners):
        await person.renew(client, "")
    return await _deploy(world, stage, client, deadline)


async def _deploy(world: World, stage: Stage, client: Client, deadline: float) -> str:
    async def make(what: str, path: str, body: dict[str, object]) -> str:
        # The control that answers before the commit may not know yet what it was just told: it is asked again.
        for key in itertools.chain([what], (f"{what}-{attempt}" for attempt in itertools.count(2))):
            made = await client.ask(key, path, body, person=stage.operator)
            if made is not None:
                return str(made["id"])
            if time.monotonic() > deadline:
                break
            await asyncio.sleep(0.2)
        raise RuntimeError(f"no {what} could be made")

    project = await make(RUNS, "/api/projects", {"org_id": stage.org_ids[0], "title": RUNS})
    step = {"status": "IN_PROGRESS", "override": True, "reason": "Automation begins before the first proposal."}
    await make("prepare-status", f"/api/projects/{project}/status", step)
    environment = await make(
        "prepare-environment",
        "/api/workflows/environments",
        {"name": "The outside", "base_url": f"{world.outside_address}/n8n", "api_key": N8N_KEY},
    )
    template = await make("prepare-template", "/api/workflows/templates", {"name": "Runs", "definition": WORKFLOW_FILE})
    workflow = await make(
        "prepare-workflow",
        "/api/workflows",
        {"project_id": project, "template_id": template, "environment_id": environment, "parameters": {}},
    )
    while time.monotonic() < deadline:
        answer = await client.get(f"/api/workflows/{workflow}", stage.operator)
        if answer is not None and answer.is_success and answer.json()["status"] == "ACTIVE":
            return workflow
        await asyncio.sleep(0.3)
    raise TimeoutError(f"the workflow was not deployed; see {world.home}")


async def _is_ready(http: httpx.AsyncClient, address: str) -> bool:
    try:
        return (await http.get(f"{address}/api/health/ready")).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
