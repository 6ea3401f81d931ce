"""Production webhooks, ``/webhook/…``."""

import json
from urllib.parse import parse_qsl

from pydantic import JsonValue
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from capecontrol.adapters.n8n.local.item import JsonObject
from capecontrol.adapters.n8n.local.runs import Runs
from capecontrol.adapters.n8n.local.step import WebhookAnswer, text_of
from capecontrol.adapters.n8n.local.store import Store
from capecontrol.adapters.n8n.local.workflow import Node
from capecontrol.core.crypto import same

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]
BODY_MAX_BYTES = 16 * 1024 * 1024
INACTIVE_HINT = (
    "The workflow must be active for a production URL to run successfully. You can activate the workflow using the "
    "toggle in the top-right of the editor. Note that unlike test URL calls, production URL calls aren't shown on the "
    "canvas (only in the executions list)"
)
TEST_HINT = (
    "Click the 'Execute workflow' button on the canvas, then try again. (In test mode, the webhook only works for one "
    "call after you click this button)"
)


class Webhooks:
    """Finds who listens and runs it."""

    def __init__(self, store: Store, runs: Runs) -> None:
        """Take the store and the runs."""
        self._store = store
        self._runs = runs

    def routes(self) -> list[BaseRoute]:
        """Return the routes at the root."""
        return [
            Route("/webhook/{path:path}", self.call, methods=METHODS),
            Route("/webhook-test/{path:path}", self.call_test, methods=METHODS),
            Route("/webhook-waiting/{path:path}", self.call_waiting, methods=METHODS),
        ]

    async def call(self, request: Request) -> Response:
        """Run the active workflow that listens at the path."""
        path = request.path_params["path"].strip("/")
        listeners = self._store.listeners(path)
        found = listeners.get(request.method)
        if found is None:
            return JSONResponse(_missing(request.method, path, sorted(listeners)), status_code=404)
        workflow_id, node_name = found
        workflow = self._store.workflow(workflow_id)
        hook = next((node for node in workflow.parsed() if node.name == node_name), None) if workflow else None
        if workflow is None or hook is None:
            return JSONResponse(_missing(request.method, path, []), status_code=404)
        if not self._is_authorized(hook, request):
            return PlainTextResponse("Authorization data is wrong!", status_code=403)
        raw = await request.body()
        if len(raw) > BODY_MAX_BYTES:
            return JSONResponse({"message": "request entity too large"}, status_code=413)
        try:
            body = _body(request.headers.get("content-type", ""), raw)
        except ValueError:
            return JSONResponse({"code": 0, "message": "Failed to parse request body"}, status_code=422)
        call: JsonObject = {
            "headers": dict(request.headers),
            "params": {},
            "query": dict(request.query_params),
            "body": body,
            "webhookUrl": str(request.url.replace(query="")),
            "executionMode": "production",
        }
        base_url = str(request.base_url).rstrip("/")
        return _response(await self._runs.answer(workflow, hook, call, base_url))

    async def call_test(self, request: Request) -> Response:
        """Answer 404: there is no editor that could listen."""
        path = request.path_params["path"]
        message = f'The requested webhook "{path}" is not registered.'
        return JSONResponse({"code": 404, "message": message, "hint": TEST_HINT}, status_code=404)

    async def call_waiting(self, request: Request) -> Response:
        """Answer 404: the local n8n does not resume waiting runs."""
        identifier = request.path_params["path"].partition("/")[0]
        message = (
            f'The workflow for execution "{identifier}" does not contain a waiting webhook with a matching path/method.'
        )
        return JSONResponse({"code": 404, "message": message}, status_code=404)

    def _is_authorized(self, hook: Node, request: Request) -> bool:
        wanted = hook.parameters.get("authentication", "none")
        if wanted == "none":
            return True
        identifier = hook.credential("httpHeaderAuth")
        secret = self._store.credential(identifier, "httpHeaderAuth") if identifier else None
        if wanted != "headerAuth" or secret is None:
            return False
        return same(request.headers.get(text_of(secret.get("name")), ""), text_of(secret.get("value")))


def _missing(method: str, path: str, others: list[str]) -> JsonObject:
    if others:
        message = f"This webhook is not registered for {method} requests. Did you mean to make a {others[0]} request?"
        return {"code": 404, "message": message}
    return {
        "code": 404,
        "message": f'The requested webhook "{method} {path}" is not registered.',
        "hint": INACTIVE_HINT,
    }


def _body(content_type: str, raw: bytes) -> JsonValue:
    if not raw:
        return {}
    if "json" in content_type:
        parsed: JsonValue = json.loads(raw)
        return parsed
    if "x-www-form-urlencoded" in content_type:
        return dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True))
    return raw.decode("utf-8", "replace")


def _response(answer: WebhookAnswer) -> Response:
    # n8n sandboxes what workflows answer: it is somebody's HTML on this server's origin.
    headers = {**answer.headers, "Content-Security-Policy": "sandbox"}
    if answer.body is None:
        return Response(status_code=answer.status, headers=headers)
    if answer.is_text:
        return PlainTextResponse(text_of(answer.body), status_code=answer.status, headers=headers)
    return JSONResponse(answer.body, status_code=answer.status, headers=headers)
