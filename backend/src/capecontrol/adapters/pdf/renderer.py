"""The PDF renderer: one warm process, used by one document at a time."""

import asyncio
import multiprocessing
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from capecontrol.adapters.pdf import renderer_process
from capecontrol.core.documents import RenderFailed


class WeasyPrintRenderer:
    """Fulfils ``PdfRenderer``.

    A process and not a thread: layout holds the interpreter's lock for its whole time, cannot be interrupted, and a
    document that eats memory must not take the worker with it. When the deadline passes the process is replaced.
    """

    def __init__(self, *, deadline_seconds: float = 30.0) -> None:
        """Start nothing yet: the process starts with the first document, or with ``warm``."""
        self._deadline_seconds = deadline_seconds
        self._turn = asyncio.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def warm(self) -> None:
        """Start the process, so that the first document does not wait for imports (about 2 s)."""
        self._submit("<!doctype html><title>Warm</title>")

    async def render(self, html: str) -> bytes:
        """Render a document; documents wait for each other, the deadline counts from when it is their turn."""
        async with self._turn:
            try:
                async with asyncio.timeout(self._deadline_seconds):
                    return await asyncio.wrap_future(self._submit(html))
            except TimeoutError as error:
                self._kill()
                raise RenderFailed(f"the document took more than {self._deadline_seconds} s") from error
            except BrokenProcessPool as error:
                self._kill()
                raise RenderFailed("the renderer's process died") from error
            except Exception as error:
                # The renderer's message may quote the document: only its kind is told on.
                raise RenderFailed(f"the renderer raised {type(error).__name__}") from None

    def close(self) -> None:
        """Stop the process."""
        self._kill()

    def _submit(self, html: str) -> "Future[bytes]":
        if self._pool is None:
            # spawn: a fork would copy the event loop, database sockets and locks of the worker.
            self._pool = ProcessPoolExecutor(
                max_workers=1, mp_context=multiprocessing.get_context("spawn"), initializer=renderer_process.begin
            )
        return self._pool.submit(renderer_process.render, html)

    def _kill(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        processes = list((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()
            process.join(timeout=5)
