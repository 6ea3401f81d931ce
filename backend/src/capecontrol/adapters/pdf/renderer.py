"""The PDF renderer: one warm process, used by one document at a time."""

from collections.abc import Mapping

from capecontrol.adapters.pdf import renderer_process
from capecontrol.core.child_process import ChildLost, ChildProcess
from capecontrol.core.documents import RenderFailed
from capecontrol.core.fair_turns import FairTurns, TurnRefused

#: For one document; the worst that proposals may hold takes three on a machine that is not busy.
DEADLINE_SECONDS = 20.0
#: For its turn.
WAIT_SECONDS = 20.0
#: How many documents may wait, of all sources and of one.
PLACES = 24
PLACES_PER_SOURCE = 6


class WeasyPrintRenderer:
    """Fulfils ``PdfRenderer``. A document that takes too long, or eats memory, does not take the worker with it."""

    def __init__(self, *, deadline_seconds: float = DEADLINE_SECONDS, wait_seconds: float = WAIT_SECONDS) -> None:
        """Start nothing yet: the process starts with the first document."""
        self._process = ChildProcess(renderer_process.begin, deadline_seconds=deadline_seconds)
        self._turns = FairTurns(places=PLACES, places_per_source=PLACES_PER_SOURCE, wait_seconds=wait_seconds)

    async def render(self, html: str, pictures: Mapping[str, bytes] | None = None, *, source: str = "") -> bytes:
        """Render a document; documents wait for each other, the deadline counts from when it is their turn."""
        try:
            async with self._turns.turn(source):
                return await self._process.run(renderer_process.render, html, dict(pictures or {}))
        except (ChildLost, TurnRefused) as error:
            raise RenderFailed(str(error)) from error
        except Exception as error:
            # The renderer's message may quote the document: only its kind is told on.
            raise RenderFailed(f"the renderer raised {type(error).__name__}") from None

    def close(self) -> None:
        """Stop the process."""
        self._process.close()
