"""The operations that the application serves, read from its routes: what the rows are held against."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx import Response
from starlette.routing import Mount, Route

from capecontrol.core.http.csrf import SAFE_METHODS
from capecontrol.core.http.route import ContractRoute
from capecontrol.core.http.surface import BROWSER
from tests.client import Client
from tests.security.call import Call

#: What answers outside the contract, each with its reason. Anything else outside it fails the suite.
OUTSIDE: Mapping[str, str] = {
    "/dev/stripe": "the local Stripe, an application of its own; local and test environments only",
    "/dev/n8n": "the local n8n, an application of its own; local and test environments only",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    id: str
    method: str
    path: str
    route: ContractRoute

    @property
    def is_unsafe(self) -> bool:
        return self.method not in SAFE_METHODS

    async def send(
        self, client: Client, call: Call, *, csrf: bool = True, query: Mapping[str, str] | None = None
    ) -> Response:
        """Call it."""
        options = {} if call.content is None else {"content": call.content}
        return await client.request(
            self.method,
            self.path.format(**call.ids),
            csrf=csrf,
            json=call.json,
            headers=dict(call.headers),
            params={**call.query, **(query or {})},
            **options,
        )


def operations(app: FastAPI) -> dict[str, Operation]:
    """Return the operations that people's pages and others' webhooks call, by their id."""
    return {name: one for name, one in every_operation(app).items() if one.route.surface is BROWSER}


def every_operation(app: FastAPI) -> dict[str, Operation]:
    """Return the operations of all surfaces by their id, in the order of the routes."""
    found: dict[str, Operation] = {}
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, ContractRoute):
            for method in sorted(route.methods or ()):
                operation = Operation(route.operation_id or route.name, method, route.path, route)
                assert operation.id not in found, f"two operations are called {operation.id}"
                found[operation.id] = operation
    return found


def outsiders(app: FastAPI) -> set[str]:
    """Return the paths that are served without the contract."""
    return {
        route.path
        for context in iter_route_contexts(app.routes)
        if isinstance(route := context.original_route, Route | Mount) and not isinstance(route, ContractRoute)
    }
