"""The PDF renderer: one warm process, used by one document at a time."""

from collections.abc import Mapping

from capecontrol.adapters.pdf import renderer_process
from capecontrol.core.child_process import ChildLost, ChildProcess
from capecontrol.core.documents import RenderFailed


class WeasyPrintRenderer:
    """Fulfils ``PdfRenderer``. A document that takes too long, or eats memory, does not take the worker with it."""

    def __init__(self, *, deadline_seconds: float = 30.0) -> None:
        """Start nothing yet: the process starts with the first document, or with ``warm``."""
        self._process = ChildProcess(renderer_process.begin, deadline_seconds=deadline_seconds)

    def warm(self) -> None:
        """Start the process, so that the first document does not wait for imports (about 2 s)."""
        self._process.start()

    async def render(self, html: str, pictures: Mapping[str, bytes] | None = None) -> bytes:
        """Render a document; documents wait for each other, the deadline counts from when it is their turn."""
        try:
            return await self._process.run(renderer_process.render, html, dict(pictures or {}))
        except ChildLost as error:
            raise RenderFailed(str(error)) from error
        except Exception as error:
            # The renderer's message may quote the document: only its kind is told on.
            raise RenderFailed(f"the renderer raised {type(error).__name__}") from None

    def close(self) -> None:
        """Stop the process."""
        self._process.close()
