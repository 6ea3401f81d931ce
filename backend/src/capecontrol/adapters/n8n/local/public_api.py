"""The public API, ``/api/v1``."""

import json
from collections.abc import Awaitable, Callable

from pydantic import JsonValue
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from capecontrol.adapters.n8n.local.catalog import WEBHOOK
from capecontrol.adapters.n8n.local.checks import Refused, check_activation, check_body, check_query
from capecontrol.adapters.n8n.local.item import JsonObject
from capecontrol.adapters.n8n.local.paging import page
from capecontrol.adapters.n8n.local.runs import Runs
from capecontrol.adapters.n8n.local.step import object_at, objects_at
from capecontrol.adapters.n8n.local.store import Execution, PathTaken, Store
from capecontrol.adapters.n8n.local.workflow import Workflow
from capecontrol.core.crypto import same

Handler = Callable[[Request], Awaitable[Response]]
WORKFLOW_QUERY = frozenset({"active", "tags", "name", "projectId", "excludePinnedData", "limit", "cursor"})
EXECUTION_QUERY = frozenset({"includeData", "status", "workflowId", "projectId", "limit", "cursor"})
STATUSES = ("canceled", "error", "running", "success", "waiting")
BODY_MAX_BYTES = 16 * 1024 * 1024


class Missing(Exception):
    """A 404."""


class PublicApi:
    """Answers as n8n 1.123 does; the transcripts of a real one are the specification."""

    def __init__(self, store: Store, runs: Runs, api_key: str) -> None:
        """Take the store, the runs and the one key that is good."""
        self._store = store
        self._runs = runs
        self._api_key = api_key

    def routes(self) -> list[BaseRoute]:
        """Return the routes below ``/api/v1``."""
        table: list[tuple[str, dict[str, Handler]]] = [
            ("/workflows", {"GET": self.list_workflows, "POST": self.create_workflow}),
            (
                "/workflows/{id}",
                {"GET": self.get_workflow, "PUT": self.update_workflow, "DELETE": self.delete_workflow},
            ),
            ("/workflows/{id}/activate", {"POST": self.activate}),
            ("/workflows/{id}/deactivate", {"POST": self.deactivate}),
            ("/workflows/{id}/{version}", {"GET": self.get_version}),
            ("/executions", {"GET": self.list_executions}),
            ("/executions/{id}", {"GET": self.get_execution, "DELETE": self.delete_execution}),
            ("/executions/{id}/retry", {"POST": self.retry}),
            ("/credentials", {"POST": self.create_credential}),
        ]
        every = ["GET", "POST", "PUT", "PATCH", "DELETE"]
        return [Route(path, self._guarded(methods), methods=every) for path, methods in table]

    def _guarded(self, methods: dict[str, Handler]) -> Handler:
        async def handle(request: Request) -> Response:
            key = request.headers.get("x-n8n-api-key")
            if key is None:
                return _message(401, "'X-N8N-API-KEY' header required")
            if not same(key, self._api_key):
                return _message(401, "unauthorized")
            handler = methods.get(request.method)
            if handler is None:
                return _message(405, f"{request.method} method not allowed")
            try:
                return await handler(request)
            except Refused as refusal:
                return _message(400, str(refusal))
            except PathTaken as taken:
                return _message(
                    400,
                    f'The URL path that the "{taken}" node uses is already taken. Please change it to something else.',
                )
            except Missing:
                return _message(404, "Not Found")

        return handle

    async def list_workflows(self, request: Request) -> Response:
        """Answer the workflows, latest first."""
        query = dict(request.query_params)
        check_query(query, WORKFLOW_QUERY)
        found = self._store.workflows()
        if "active" in query:
            found = [workflow for workflow in found if workflow.is_active == (query["active"] == "true")]
        if "name" in query:
            found = [workflow for workflow in found if workflow.name == query["name"]]
        if "tags" in query or "projectId" in query:
            found = []
        entries, following = page(found, query)
        return JSONResponse({"data": [workflow.answer() for workflow in entries], "nextCursor": following})

    async def create_workflow(self, request: Request) -> Response:
        """Store a workflow; 200, not 201."""
        body = check_body(await _json(request))
        return JSONResponse(self._store.add_workflow(_with_node_ids(body), self._runs.now()).answer())

    async def get_workflow(self, request: Request) -> Response:
        """Answer one workflow, secrets in its nodes included."""
        return JSONResponse({**self._workflow(request).answer(), "tags": [], "shared": []})

    async def update_workflow(self, request: Request) -> Response:
        """Replace a workflow; an active one at once."""
        body = check_body(await _json(request))
        workflow = self._workflow(request)
        hooks: list[tuple[str, str, str]] = []
        if workflow.is_active:
            hooks = check_activation(_preview(workflow, body))
        replaced = self._store.replace_workflow(workflow.id, _with_node_ids(body), self._runs.now(), hooks)
        return JSONResponse(replaced.answer())

    async def delete_workflow(self, request: Request) -> Response:
        """Remove a workflow, active or not, with its executions."""
        workflow = self._workflow(request)
        self._store.delete_workflow(workflow.id)
        return JSONResponse(workflow.answer())

    async def activate(self, request: Request) -> Response:
        """Let a workflow listen."""
        workflow = self._workflow(request)
        return JSONResponse(self._store.activate(workflow.id, check_activation(workflow)).answer())

    async def deactivate(self, request: Request) -> Response:
        """Stop a workflow from listening."""
        return JSONResponse(self._store.deactivate(self._workflow(request).id).answer())

    async def get_version(self, request: Request) -> Response:
        """Answer 404: the local n8n keeps no earlier versions."""
        return _message(404, "Version not found")

    async def list_executions(self, request: Request) -> Response:
        """Answer the executions, latest first; like n8n's, without those that run or wait unless asked for."""
        query = dict(request.query_params)
        check_query(query, EXECUTION_QUERY)
        status = query.get("status")
        if status is not None and status not in STATUSES:
            raise Refused(f"request/query/status must be equal to one of the allowed values: {', '.join(STATUSES)}")
        found = [
            execution
            for execution in self._store.executions(query.get("workflowId"))
            if _is_listed(execution.status, status)
        ]
        entries, following = page([] if "projectId" in query else found, query)
        with_data = query.get("includeData") == "true"
        data = [entry.answer(full=False, with_data=with_data) for entry in entries]
        return JSONResponse({"data": data, "nextCursor": following})

    async def get_execution(self, request: Request) -> Response:
        """Answer one execution."""
        execution = self._execution(request)
        return JSONResponse(execution.answer(full=True, with_data=request.query_params.get("includeData") == "true"))

    async def delete_execution(self, request: Request) -> Response:
        """Remove one execution."""
        execution = self._execution(request)
        self._store.delete_execution(execution.id)
        return JSONResponse({**execution.answer(full=True, with_data=False), "id": execution.id})

    async def retry(self, request: Request) -> Response:
        """Run a failed execution again, with the call that began it."""
        execution = self._execution(request)
        workflow = self._store.workflow(execution.workflow_id)
        if execution.status == "success":
            raise Refused("The execution succeeded, so it cannot be retried.")
        call, start = _beginning(execution, workflow)
        if workflow is None or call is None:
            raise Missing
        base_url = str(request.base_url).rstrip("/").removesuffix("/api/v1")
        retried = await self._runs.retry(workflow, start, call, base_url, str(execution.id))
        found = self._store.execution(retried)
        if found is None:
            raise Missing
        return JSONResponse({**found.answer(full=False, with_data=True), "retryOf": execution.id})

    async def create_credential(self, request: Request) -> Response:
        """Store a header's name and value for Webhook and HTTP Request nodes."""
        body = await _json(request)
        name, kind = (body.get("name"), body.get("type")) if isinstance(body, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(kind, str):
            raise Refused("request/body must have required property 'name'")
        if kind != "httpHeaderAuth":
            raise Refused("req.body.type is not a known type")
        now = self._runs.now()
        identifier = self._store.add_credential(name, kind, object_at(body, "data"), now)
        return JSONResponse({"name": name, "type": kind, "id": identifier, "updatedAt": now, "createdAt": now})

    def _workflow(self, request: Request) -> Workflow:
        found = self._store.workflow(request.path_params["id"])
        if found is None:
            raise Missing
        return found

    def _execution(self, request: Request) -> Execution:
        identifier = request.path_params["id"]
        if not identifier.isascii() or not identifier.isdigit():
            raise Refused("request/params/id must be number")
        found = self._store.execution(int(identifier)) if len(identifier) < 16 else None
        if found is None:
            raise Missing
        return found


def _message(status: int, message: str) -> Response:
    return JSONResponse({"message": message}, status_code=status)


async def _json(request: Request) -> JsonValue:
    if "json" not in request.headers.get("content-type", ""):
        raise Refused("unsupported media type")
    raw = await request.body()
    if len(raw) > BODY_MAX_BYTES:
        raise Refused("request entity too large")
    try:
        parsed: JsonValue = json.loads(raw)
    except (ValueError, RecursionError):
        raise Refused("Failed to parse request body") from None
    return parsed


def _with_node_ids(body: JsonObject) -> JsonObject:
    nodes = [{"id": f"node-{index}", **node} for index, node in enumerate(objects_at(body, "nodes"))]
    return {**body, "nodes": list(nodes)}


def _preview(workflow: Workflow, body: JsonObject) -> Workflow:
    nodes: list[JsonValue] = list(objects_at(body, "nodes"))
    return Workflow(
        id=workflow.id,
        name=str(body["name"]),
        nodes=nodes,
        connections=object_at(body, "connections"),
        settings=object_at(body, "settings"),
        is_active=True,
        created_at=workflow.created_at,
        updated_at=workflow.updated_at,
        version_id=workflow.version_id,
        version_counter=workflow.version_counter,
    )


def _is_listed(status: str, wanted: str | None) -> bool:
    if wanted is None:
        return status not in ("running", "waiting")
    if wanted == "waiting":
        return False  # observed: a waiting run shows under no filter
    return status == wanted or (wanted == "error" and status == "crashed")


def _beginning(execution: Execution, workflow: Workflow | None) -> tuple[JsonObject | None, str]:
    """Return the webhook's item of an execution and the node's name."""
    for node in workflow.parsed() if workflow else []:
        runs = objects_at(execution.data, "resultData", "runData", node.name)
        if node.type == WEBHOOK and runs:
            main = object_at(runs[0], "data").get("main")
            match main:
                case [[{"json": dict() as call}, *_], *_]:
                    return call, node.name
    return None, ""
