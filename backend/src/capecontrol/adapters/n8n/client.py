"""The automation engine over n8n's public API (1.x, and 2.x where it differs)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from pydantic import JsonValue

from capecontrol.adapters.n8n.answers import (
    execution_of,
    items_of,
    json_of,
    not_n8n,
    object_of,
    release_of,
    sentence_of,
    text_member,
)
from capecontrol.adapters.n8n.definition import to_public_api
from capecontrol.adapters.outbound.client import Answer, OutboundFailed, OutboundHttp
from capecontrol.adapters.outbound.destination import DestinationRefused
from capecontrol.features.workflows.ports import (
    Definition,
    EngineAddressRefused,
    EngineConnection,
    EngineExecution,
    EngineInfo,
    EngineObjectMissing,
    EngineRejected,
    EngineUnauthorized,
    EngineUnreachable,
    TriggerAck,
)

#: A trigger waits for the workflow's answer, which n8n gives behind the first nodes: longer than any other call.
TRIGGER_SECONDS = 30.0
#: Runs with their data are large: this many are looked at to find the one that an interrupted trigger began.
EXECUTIONS_WITH_DATA = 20


class N8nEngine:
    """Fulfils ``AutomationEngine``. n8n has no endpoint that executes a workflow: a run starts at its webhook."""

    def __init__(self, http: OutboundHttp) -> None:
        """Call through the outbound rules: the base URL is something a person typed in."""
        self._http = http

    def vet(self, base_url: str) -> str:
        """Strip what people paste with it (a trailing slash, the API's path) and ask the outbound rules."""
        plain = base_url.strip().rstrip("/").removesuffix("/api/v1").rstrip("/")
        if any(character in plain for character in "?#"):
            raise EngineAddressRefused("Enter the address without a query (?) or fragment (#).")
        try:
            self._http.vet(plain)
        except DestinationRefused as refusal:
            raise EngineAddressRefused(str(refusal)) from None
        return plain

    async def check(self, connection: EngineConnection) -> EngineInfo:
        """Ask for one workflow with the key, then for the version."""
        try:
            answer = object_of(await self._api(connection, "GET", "/workflows", params={"limit": "1"}))
        except EngineObjectMissing as error:
            raise not_n8n() from error
        if not isinstance(answer.get("data"), list):
            raise not_n8n()
        try:
            page = await self._http.request("GET", f"{connection.base_url}/")
        except OutboundFailed:
            return EngineInfo(version=None)
        return EngineInfo(version=release_of(page.body))

    async def find_workflow(self, connection: EngineConnection, name: str) -> str | None:
        """Ask the list for the name, and compare it exactly."""
        found = items_of(await self._api(connection, "GET", "/workflows", params={"name": name, "limit": "10"}))
        return next((text_member(item, "id") for item in found if item.get("name") == name), None)

    async def create_workflow(self, connection: EngineConnection, definition: Definition) -> str:
        """Store the workflow; n8n answers 200 with the whole of it."""
        answer = await self._api(connection, "POST", "/workflows", body=to_public_api(definition))
        created = text_member(object_of(answer), "id")
        if not created:
            raise EngineRejected("The n8n server returned no ID for the workflow.")
        return created

    async def update_workflow(self, connection: EngineConnection, workflow_id: str, definition: Definition) -> None:
        """Replace the workflow; there is no PATCH."""
        await self._api(connection, "PUT", _workflow(workflow_id), body=to_public_api(definition))

    async def activate(self, connection: EngineConnection, workflow_id: str) -> None:
        """Activate, or publish where the server knows only that word."""
        await self._step(connection, workflow_id, "activate", "publish")

    async def deactivate(self, connection: EngineConnection, workflow_id: str) -> None:
        """Deactivate, or unpublish where the server knows only that word."""
        await self._step(connection, workflow_id, "deactivate", "unpublish")

    async def delete(self, connection: EngineConnection, workflow_id: str) -> None:
        """Delete the workflow; one that is gone is as wished."""
        try:
            await self._api(connection, "DELETE", _workflow(workflow_id))
        except EngineObjectMissing:
            return

    async def trigger(
        self, connection: EngineConnection, webhook_path: str, body: Mapping[str, JsonValue]
    ) -> TriggerAck:
        """Call the Webhook node's production URL; no API key goes there."""
        answer = await self._send(
            "POST",
            f"{connection.base_url}/webhook/{quote(webhook_path, safe='/')}",
            headers={"Content-Type": "application/json"},
            content=json.dumps(dict(body), ensure_ascii=False).encode(),
            total_seconds=TRIGGER_SECONDS,
        )
        if answer.status == 404:
            raise EngineObjectMissing("The workflow isn't listening at its webhook. Check that it is active in n8n.")
        if not 200 <= answer.status < 300:
            raise EngineRejected(f"The workflow failed before it responded (HTTP {answer.status}).")
        said = json_of(answer.body)
        return TriggerAck(text_member(said, "execution_id") if isinstance(said, dict) else None)

    async def get_execution(self, connection: EngineConnection, execution_id: str) -> EngineExecution | None:
        """Ask for the run; for one that failed, also for its data, where the reason stands."""
        path = f"/executions/{quote(execution_id, safe='')}"
        try:
            found = execution_of(object_of(await self._api(connection, "GET", path)))
            if found.status.is_final and found.finished_at is None:
                found = replace(found, finished_at=found.started_at)
            if found.status.name in ("ERROR", "CRASHED"):
                detailed = await self._detailed(connection, path)
                return replace(found, error_message=detailed.error_message) if detailed else found
        except EngineObjectMissing:
            return None
        return found

    async def list_executions(
        self, connection: EngineConnection, workflow_id: str, *, limit: int = EXECUTIONS_WITH_DATA
    ) -> Sequence[EngineExecution]:
        """Ask twice: n8n's list leaves out the runs under way unless they are asked for."""
        found: dict[str, EngineExecution] = {}
        for more in ({"status": "running"}, {}):
            query = {"workflowId": workflow_id, "limit": str(limit), "includeData": "true", **more}
            for item in items_of(await self._api(connection, "GET", "/executions", params=query)):
                execution = execution_of(item)
                found[execution.id] = execution
        return sorted(found.values(), key=lambda run: int(run.id) if run.id.isdigit() else 0, reverse=True)[:limit]

    async def _detailed(self, connection: EngineConnection, path: str) -> EngineExecution | None:
        try:
            return execution_of(object_of(await self._api(connection, "GET", path, params={"includeData": "true"})))
        except (EngineUnreachable, EngineRejected):
            return None  # the data may be over the size cap; that the run failed is known without it

    async def _step(self, connection: EngineConnection, workflow_id: str, word: str, word_since_2: str) -> None:
        path = f"{connection.base_url}/api/v1{_workflow(workflow_id)}"
        answer = await self._call(connection, "POST", f"{path}/{word}")
        # A missing workflow is "Not Found"; a missing route is "not found", or 405.
        if answer.status == 405 or (answer.status == 404 and sentence_of(answer.body) == "not found"):
            answer = await self._call(connection, "POST", f"{path}/{word_since_2}")
        _accept(answer)

    async def _api(
        self,
        connection: EngineConnection,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        body: Mapping[str, JsonValue] | None = None,
    ) -> bytes:
        url = f"{connection.base_url}/api/v1{path}"
        return _accept(await self._call(connection, method, url, params=params, body=body))

    async def _call(
        self,
        connection: EngineConnection,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        body: Mapping[str, JsonValue] | None = None,
    ) -> Answer:
        headers = {"X-N8N-API-KEY": connection.api_key, "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        content = None if body is None else json.dumps(dict(body), ensure_ascii=False).encode()
        return await self._send(method, url, headers=headers, params=params, content=content)

    async def _send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
        total_seconds: float | None = None,
    ) -> Answer:
        try:
            return await self._http.request(
                method, url, headers=headers, params=params, content=content, total_seconds=total_seconds
            )
        except (OutboundFailed, DestinationRefused) as error:
            raise EngineUnreachable from error


def _workflow(workflow_id: str) -> str:
    return f"/workflows/{quote(workflow_id, safe='')}"


def _accept(answer: Answer) -> bytes:
    """Return the body of a 2xx answer; turn any other into its error."""
    if 200 <= answer.status < 300:
        return answer.body
    if answer.status in (401, 403):
        raise EngineUnauthorized
    if answer.status == 404:
        raise EngineObjectMissing
    if answer.status in (408, 429) or answer.status >= 500:
        raise EngineUnreachable(f"The n8n server reported an error (HTTP {answer.status}).")
    sentence = sentence_of(answer.body)
    refused = f"The n8n server didn't accept this: {sentence}" if sentence else None
    # What a server writes may repeat what it was sent, its key included: the log keeps none of it.
    fact = f"n8n did not accept the request (HTTP {answer.status})"
    raise EngineRejected(refused or f"The n8n server didn't accept the request (HTTP {answer.status}).", fact=fact)
