"""One execution: the nodes in n8n's order (v1: each branch to its end, the upper one first)."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
from pydantic import JsonValue

from capecontrol.adapters.n8n.local.catalog import find_type
from capecontrol.adapters.n8n.local.expression import is_expression, pieces_of
from capecontrol.adapters.n8n.local.item import Item, JsonObject
from capecontrol.adapters.n8n.local.javascript import JavaScript, ScriptFailed, Undefined
from capecontrol.adapters.n8n.local.step import NodeFailed, Step, Suspended, WebhookAnswer
from capecontrol.adapters.n8n.local.workflow import Node, Workflow

#: A workflow that goes in a circle ends here.
STEPS_MAX = 1000
#: n8n's own default of a node's retries.
TRIES_DEFAULT = 3


class Run:
    """Runs one workflow once, from its webhook. Afterwards it tells its status and its data."""

    def __init__(
        self,
        workflow: Workflow,
        execution_id: int,
        *,
        base_url: str,
        now: Callable[[], datetime],
        clock_offset: Callable[[], timedelta],
        credential: Callable[[str, str], JsonObject | None],
        http: httpx.AsyncClient,
    ) -> None:
        """Take what the nodes need."""
        self.workflow = workflow
        self.execution_id = execution_id
        #: Set when a Respond to Webhook node ran.
        self.responded: asyncio.Future[WebhookAnswer] = asyncio.get_running_loop().create_future()
        self.status = "running"
        self.last_items: list[Item] = []
        self._base_url = base_url
        self._now = now
        self._clock_offset = clock_offset
        self._credential = credential
        self._http = http
        self._script = JavaScript()
        self._nodes = {node.name: node for node in workflow.parsed()}
        self._outputs: dict[str, list[Item]] = {}
        self._run_data: dict[str, JsonValue] = {}
        self._last_node = ""
        self._error: JsonObject | None = None

    def data_at_start(self, start: str, call: JsonObject) -> JsonObject:
        """Return what ``includeData`` shows of a run under way: its first node waits on the stack."""
        waiting: JsonObject = {"node": {"name": start}, "data": {"main": [[{"json": call}]]}, "source": None}
        return {
            "version": 1,
            "startData": {},
            "resultData": {"runData": {}},
            "executionData": {"nodeExecutionStack": [waiting]},
        }

    async def execute(self, start: str, call: JsonObject) -> None:
        """Run from a node with one item; never raises for what a workflow does wrong."""
        try:
            await self._execute(start, Item(call))
            self.status = "success"
        except Suspended:
            self.status = "waiting"
        except NodeFailed as failure:
            self.status = "error"
            self._error = self._describe(failure)
        finally:
            await self._script.close()

    @property
    def data(self) -> JsonObject:
        """Return what ``includeData`` shows."""
        result: JsonObject = {"runData": dict(self._run_data), "lastNodeExecuted": self._last_node}
        if self._error is not None:
            result["error"] = self._error
        return {"version": 1, "startData": {}, "resultData": result, "executionData": {}}

    async def _execute(self, start: str, item: Item) -> None:
        waiting: list[tuple[str, list[Item]]] = [(start, [item])]
        for _ in range(STEPS_MAX):
            if not waiting:
                return
            name, items = waiting.pop(0)
            outputs = await self._step(self._nodes[name], items)
            reached = [
                (target, outputs[index])
                for index, target in self.workflow.targets(name)
                if target in self._nodes and index < len(outputs) and outputs[index]
            ]
            # Depth first, and of several branches the one that stands higher on the canvas first.
            reached.sort(key=lambda entry: self._nodes[entry[0]].position[::-1])
            waiting[:0] = reached
        raise NodeFailed(f"The local n8n stops a workflow after {STEPS_MAX} steps")

    async def _step(self, node: Node, items: list[Item]) -> list[list[Item]]:
        self._last_node = node.name
        if node.flags.get("executeOnce") is True:
            items = items[:1]
        began = self._now()
        try:
            outputs = await self._tried(node, items)
        except NodeFailed as failure:
            self._note(node, began, [], failure)
            if node.flags.get("onError") in ("continueRegularOutput", "continueErrorOutput") or node.flags.get(
                "continueOnFail"
            ):
                told = [Item({"error": str(failure)}, source=item) for item in items]
                outputs = [[], told] if node.flags.get("onError") == "continueErrorOutput" else [told]
            else:
                raise
        else:
            self._note(node, began, outputs, None)
        self._outputs[node.name] = self.last_items = outputs[0] if outputs else []
        return outputs

    async def _tried(self, node: Node, items: list[Item]) -> list[list[Item]]:
        run = None if node.is_disabled else find_type(node)
        if run is None:
            return [items]
        tries, pause = node.flags.get("maxTries"), node.flags.get("waitBetweenTries")
        attempts = 1
        if node.flags.get("retryOnFail") is True:
            attempts = min(5, max(1, tries)) if isinstance(tries, int) else TRIES_DEFAULT
        for attempt in range(1, attempts + 1):
            try:
                return await run(self._step_view(node, items))
            except NodeFailed:
                if attempt == attempts:
                    raise
            except ScriptFailed as failure:
                raise NodeFailed(str(failure)) from failure
            await self._sleep(timedelta(milliseconds=pause if isinstance(pause, int) else 1000))
        return [items]

    def _step_view(self, node: Node, items: list[Item]) -> Step:
        async def evaluate(value: JsonValue, index: int) -> JsonValue | Undefined:
            return await self._resolve(value, items, index)

        async def run_code(code: str, index: int) -> JsonValue | Undefined:
            return await self._script.evaluate({"code": code, **self._names(code, items, index)})

        return Step(
            node=node,
            items=items,
            evaluate=evaluate,
            run_code=run_code,
            respond=self._respond,
            credential=self._credential,
            sleep=self._sleep,
            http=self._http,
        )

    def _respond(self, answer: WebhookAnswer) -> None:
        if not self.responded.done():
            self.responded.set_result(answer)

    async def _sleep(self, span: timedelta) -> None:
        await asyncio.sleep(span.total_seconds())

    async def _resolve(self, value: JsonValue, items: list[Item], index: int) -> JsonValue | Undefined:
        if isinstance(value, dict):
            resolved = {key: await self._resolve(inner, items, index) for key, inner in value.items()}
            return {key: inner for key, inner in resolved.items() if not isinstance(inner, Undefined)}
        if isinstance(value, list):
            parts = [await self._resolve(inner, items, index) for inner in value]
            return [None if isinstance(part, Undefined) else part for part in parts]
        if isinstance(value, str) and is_expression(value):
            request: JsonObject = {"pieces": pieces_of(value), **self._names(value, items, index)}
            return await self._script.evaluate(request)
        return value

    def _names(self, source: str, items: list[Item], index: int) -> JsonObject:
        """Return the data behind ``$json``, ``$('…')`` and the others, as far as the source may ask for it."""
        nodes: JsonObject = {}
        for name, outputs in self._outputs.items():
            if name in source or name.replace("'", "\\'") in source:
                nodes[name] = {
                    "items": [item.json for item in outputs],
                    "paired": _paired(items[index], outputs) if index < len(items) else None,
                }
        identifier = str(self.execution_id)
        return {
            "input": [item.json for item in items],
            "index": index,
            "nodes": nodes,
            "execution": {
                "id": identifier,
                "mode": "production",
                "resumeUrl": f"{self._base_url}/webhook-waiting/{identifier}",
            },
            "workflow": {"id": self.workflow.id, "name": self.workflow.name, "active": self.workflow.is_active},
            "clock_offset_ms": round(self._clock_offset().total_seconds() * 1000),
        }

    def _note(self, node: Node, began: datetime, outputs: list[list[Item]], failure: NodeFailed | None) -> None:
        main: list[JsonValue] = [[{"json": item.json, "pairedItem": {"item": 0}} for item in out] for out in outputs]
        entry: JsonObject = {
            "startTime": int(began.timestamp() * 1000),
            "executionIndex": len(self._run_data),
            "executionTime": max(0, int((self._now() - began).total_seconds() * 1000)),
            "executionStatus": "error" if failure else "success",
            "source": [],
            "data": {"main": main},
        }
        if failure:
            entry["error"] = self._describe(failure)
        before = self._run_data.get(node.name)
        self._run_data[node.name] = [*(before if isinstance(before, list) else []), entry]

    def _describe(self, failure: NodeFailed) -> JsonObject:
        return {
            "name": "NodeApiError" if failure.http_code else "NodeOperationError",
            "message": str(failure),
            "description": failure.description,
            "httpCode": str(failure.http_code) if failure.http_code else None,
            "node": {"name": self._last_node},
        }


def _paired(item: Item, outputs: list[Item]) -> int | None:
    """Return which of a node's items the given one was made from."""
    found: Item | None = item
    while found is not None:
        for index, output in enumerate(outputs):
            if output is found:
                return index
        found = found.source
    return 0 if len(outputs) == 1 else None
