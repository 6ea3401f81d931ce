"""Templates, environments, workflows and callbacks for tests that need them; no automation engine takes part."""

import hashlib
import hmac
import time
import uuid
from typing import Any

from capecontrol.core.ids import new_id
from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.lifecycle import ExecutionStatus, TriggerKind, WorkflowStatus
from capecontrol.features.workflows.models import Execution, WorkflowInstance
from tests.features.projects.builders import build_project
from tests.security.world import CANARY, World

CALLBACK_SECRET = "secret"
WORKFLOW_FILE: dict[str, Any] = {
    "name": f"{CANARY} flow",
    "nodes": [
        {
            "id": "1",
            "name": "Webhook",
            "type": "n8n-nodes-base.webhook",
            "typeVersion": 2,
            "position": [0, 0],
            "parameters": {"httpMethod": "POST", "path": "hello"},
        }
    ],
    "connections": {},
    "settings": {},
}


async def build_environment(world: World) -> str:
    body = {"name": world.word("Server"), "base_url": "https://n8n.example.com", "api_key": "key"}
    return str((await world.post("/api/workflows/environments", body))["id"])


async def build_template(world: World) -> str:
    body = {"name": world.word("Flow"), "definition": WORKFLOW_FILE}
    return str((await world.post("/api/workflows/templates", body))["id"])


async def build_workflow(world: World, status: WorkflowStatus = WorkflowStatus.ACTIVE) -> str:
    """Make a deployed workflow of the wanted organization that ran once, and return its id."""
    template_id, environment_id = await build_template(world), await build_environment(world)
    project_id = await build_project(world, "APPROVED")
    async with world.unit() as work:
        now = work.now()
        row = WorkflowInstance(
            id=new_id(), org_id=world.own, project_id=uuid.UUID(project_id), template_id=uuid.UUID(template_id),
            template_name=world.word(), template_version=1, environment_id=uuid.UUID(environment_id), status=status,
            deployment=1, parameters=[], callback_secret_sealed=work.keyring.seal(CALLBACK_SECRET),
            webhook_path=f"cc-{uuid.uuid4()}", engine_workflow_id=f"engine-{uuid.uuid4()}", created_at=now,
            updated_at=now,
        )  # fmt: skip
        work.session.add(row)
        await work.session.flush()
        await _add_execution(world, work, row.id)
        return str(row.id)


async def build_executions(world: World, workflow_id: str, count: int) -> None:
    """Let a workflow have run more often."""
    async with world.unit() as work:
        for _ in range(count):
            await _add_execution(world, work, uuid.UUID(workflow_id))


async def _add_execution(world: World, work: UnitOfWork, workflow_id: uuid.UUID) -> None:
    now = work.now()
    work.session.add(
        Execution(
            id=new_id(), org_id=world.own, workflow_id=workflow_id, status=ExecutionStatus.SUCCESS,
            trigger=TriggerKind.MANUAL, engine_execution_id=world.word(), started_at=now, finished_at=now,
            error_message=world.word(), created_at=now, updated_at=now,
        )
    )  # fmt: skip
    await work.session.flush()


async def build_paused_workflow(world: World) -> str:
    return await build_workflow(world, WorkflowStatus.PAUSED)


def sign_callback(payload: bytes, *, moment: float | None = None, secret: str = CALLBACK_SECRET) -> dict[str, str]:
    """The headers of a callback."""
    stamp = str(int(moment if moment is not None else time.time()))
    signed = hmac.new(secret.encode(), stamp.encode() + b"." + payload, hashlib.sha256).hexdigest()
    return {"X-Timestamp": stamp, "X-Signature": f"sha256={signed}", "Content-Type": "application/json"}
