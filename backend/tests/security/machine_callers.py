"""The callers of the machine matrix."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import FastAPI
from httpx import Response

from capecontrol.core.permissions import SCOPES
from capecontrol.features.identity.errors import OrganizationSuspended
from tests.key_store import KeyStore
from tests.plain_http import send
from tests.security.call import Call
from tests.security.served import Operation
from tests.security.world import World


@dataclass
class MachineCallers:
    """Calls operations of an application as each kind of caller."""

    app: FastAPI
    store: KeyStore
    world: World

    async def call(self, column: str, operation: Operation, call: Call) -> Response:
        """Make a call about a thing of "own" as the caller of a column."""
        headers, query = dict(call.headers), dict(call.query)
        match column:
            case "non":
                pass
            case "ses":
                headers["Authorization"] = f"Bearer {self.world.operator.client.token}"
            case "coo":
                headers["Cookie"] = f"refresh_token=abc; csrftoken=abc; session={self.world.operator.client.token}"
            case "que":
                query["api_key"] = self._key(column, operation)
            case _:
                headers["Authorization"] = f"Bearer {self._key(column, operation)}"
        return await self.send(operation, call, headers, query)

    async def send(
        self, operation: Operation, call: Call, headers: dict[str, str], query: dict[str, str] | None = None
    ) -> Response:
        """Make a call with these headers and nothing else."""
        options = {} if call.content is None else {"content": call.content}
        if call.json is not None:
            options = {"json": call.json}
        path = operation.path.format(**call.ids)
        return await send(self.app, operation.method, path, headers=headers, params=query or {}, **options)

    def _key(self, column: str, operation: Operation) -> str:
        now, own = self.world.people.factory.clock.now(), (self.world.own,)
        match column:
            case "gar":
                return "garbage.garbage.garbage"
            case "exp":
                return self.store.issue(org_ids=own, expires_at=now)
            case "rev":
                return self.store.issue(org_ids=own, revoked_at=now - timedelta(seconds=1))
            case "dis":
                return self.store.issue(org_ids=own, is_app_active=False)
            case "mis":
                return self.store.issue(org_ids=own, scopes=SCOPES - set(operation.route.permissions))
            case "bou":
                return self.store.issue(org_ids=(self.world.foreign,))
            case "sus":
                return self.store.issue(org_ids=own, blocked_by=OrganizationSuspended("Ask the provider."))
            case _:
                return self.store.issue(org_ids=own)
