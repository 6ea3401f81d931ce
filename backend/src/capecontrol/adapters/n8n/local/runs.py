"""Starts runs, keeps them going after the caller has its answer, and stores how they stand."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import httpx

from capecontrol.adapters.n8n.local.item import JsonObject
from capecontrol.adapters.n8n.local.run import Run
from capecontrol.adapters.n8n.local.step import WebhookAnswer
from capecontrol.adapters.n8n.local.store import Store, stamp
from capecontrol.adapters.n8n.local.workflow import Node, Workflow
from capecontrol.core.clock import Clock

FAILED = WebhookAnswer(500, {"message": "Error in workflow"})
STARTED = WebhookAnswer(200, {"message": "Workflow was started"})
#: The time that n8n writes for a run which waits until somebody calls.
FOR_EVER = "3000-01-01T00:00:00.000Z"


class Runs:
    """The runs of this process."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Share the store; the clock is the application's, which local development may shift."""
        self._store = store
        self._clock = clock
        self._tasks: set[asyncio.Task[None]] = set()

    def now(self) -> str:
        """Return the time as n8n writes it."""
        return stamp(self._clock.now())

    async def answer(self, workflow: Workflow, hook: Node, call: JsonObject, base_url: str) -> WebhookAnswer:
        """Run a workflow from a webhook and return what its caller gets, when the hook's mode says so."""
        mode = hook.parameters.get("responseMode", "onReceived")
        run, task = self._start(workflow, hook.name, call, base_url, mode="webhook")
        if mode == "onReceived":
            return STARTED
        if mode == "responseNode":
            task.add_done_callback(lambda _: run.responded.cancel())
            await asyncio.wait({run.responded})
            if not run.responded.cancelled():
                return run.responded.result()
            return FAILED if run.status == "error" else WebhookAnswer(200, None)
        await asyncio.wait({task})
        if run.status == "error":
            return FAILED
        return _last(hook, run)

    async def retry(self, workflow: Workflow, start: str, call: JsonObject, base_url: str, retry_of: str) -> int:
        """Run a workflow again with an earlier call, to its end; return the new run's number."""
        run, task = self._start(workflow, start, call, base_url, mode="retry", retry_of=retry_of)
        await asyncio.wait({task})
        return run.execution_id

    def _start(
        self, workflow: Workflow, start: str, call: JsonObject, base_url: str, *, mode: str, retry_of: str | None = None
    ) -> tuple[Run, asyncio.Task[None]]:
        execution_id = self._store.begin_execution(workflow.id, self.now(), mode=mode, retry_of=retry_of)
        http = httpx.AsyncClient(trust_env=False, follow_redirects=True)
        run = Run(
            workflow,
            execution_id,
            base_url=base_url,
            now=self._clock.now,
            clock_offset=self._offset,
            credential=self._store.credential,
            http=http,
        )
        self._store.save_execution(execution_id, "running", run.data_at_start(start, call), stopped_at=None)
        task = asyncio.create_task(self._run(run, start, call, http.aclose))
        # asyncio keeps only weak references to tasks.
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return run, task

    async def _run(self, run: Run, start: str, call: JsonObject, close: Callable[[], Awaitable[None]]) -> None:
        try:
            await run.execute(start, call)
        finally:
            if run.status == "running":
                run.status = "crashed"
            is_waiting = run.status == "waiting"
            self._store.save_execution(
                run.execution_id,
                run.status,
                run.data,
                stopped_at=self.now(),
                wait_till=FOR_EVER if is_waiting else None,
            )
            with contextlib.suppress(httpx.HTTPError):
                await close()

    def _offset(self) -> timedelta:
        return self._clock.now() - datetime.now(UTC)


def _last(hook: Node, run: Run) -> WebhookAnswer:
    items = [item.json for item in run.last_items]
    match hook.parameters.get("responseData", "firstEntryJson"):
        case "allEntries":
            return WebhookAnswer(200, list(items))
        case "noData":
            return WebhookAnswer(200, None)
        case _:
            return WebhookAnswer(200, items[0] if items else None)
