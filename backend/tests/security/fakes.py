"""Fakes of the services outside: they answer at once, and always well."""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from capecontrol.features.workflows.ports import (
    Definition,
    EngineConnection,
    EngineExecution,
    EngineInfo,
    TriggerAck,
)


class WillingEngine:
    """An automation engine that does everything."""

    def vet(self, base_url: str) -> str:
        return base_url

    async def check(self, connection: EngineConnection) -> EngineInfo:
        del connection
        return EngineInfo("1.0.0")

    async def find_workflow(self, connection: EngineConnection, name: str) -> str | None:
        del connection, name
        return None

    async def create_workflow(self, connection: EngineConnection, definition: Definition) -> str:
        del connection, definition
        return "engine-1"

    async def update_workflow(self, connection: EngineConnection, workflow_id: str, definition: Definition) -> None:
        del connection, workflow_id, definition

    async def activate(self, connection: EngineConnection, workflow_id: str) -> None:
        del connection, workflow_id

    async def deactivate(self, connection: EngineConnection, workflow_id: str) -> None:
        del connection, workflow_id

    async def delete(self, connection: EngineConnection, workflow_id: str) -> None:
        del connection, workflow_id

    async def trigger(
        self, connection: EngineConnection, webhook_path: str, body: Mapping[str, JsonValue]
    ) -> TriggerAck:
        del connection, webhook_path, body
        return TriggerAck("run-1")

    async def get_execution(self, connection: EngineConnection, execution_id: str) -> EngineExecution | None:
        del connection, execution_id
        return None

    async def list_executions(
        self, connection: EngineConnection, workflow_id: str, *, limit: int = 20
    ) -> Sequence[EngineExecution]:
        del connection, workflow_id, limit
        return []
