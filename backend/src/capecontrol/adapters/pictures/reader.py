"""Reads pictures that people send, one at a time, in a process of their own."""

import structlog

from capecontrol.adapters.pictures import decoding
from capecontrol.adapters.pictures.kind import kind_of
from capecontrol.core.child_process import ChildDied, ChildLost, ChildProcess
from capecontrol.core.metrics import PICTURE_PROCESSES_LOST
from capecontrol.core.pictures import Picture, PictureForm, PictureReaderFailed, PictureRefused

log = structlog.get_logger(__name__)

#: Far beyond what decoding may take by its own clock: it is for a process that hangs, or starts on a busy machine.
DEADLINE_SECONDS = 20.0
#: The second one has a process of its own: what was lost before, or by chance, costs nobody their picture.
_ATTEMPTS = 2


class PillowReader:
    """Fulfils ``PictureReader`` with Pillow. A file that is made to be slow or large ends its process, and no other."""

    def __init__(self, *, deadline_seconds: float = DEADLINE_SECONDS) -> None:
        """Start nothing yet: the process starts with the first picture."""
        self._process = ChildProcess(decoding.begin, deadline_seconds=deadline_seconds)

    async def read(self, data: bytes, form: PictureForm) -> Picture:
        """Decode and write anew."""
        kind = kind_of(data)
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return await self._process.run(decoding.read, data, kind, form)
            except ChildLost as lost:
                if isinstance(lost, ChildDied) and lost.exit_code == -decoding.SLOW_SIGNAL:
                    raise PictureRefused(
                        "This picture takes too long to open. Export it again in a simpler form."
                    ) from None
                PICTURE_PROCESSES_LOST.inc()
                log.warning("pictures.process_lost", reason=str(lost), attempt=attempt)
        raise PictureReaderFailed(f"{_ATTEMPTS} processes were lost one after the other")

    def close(self) -> None:
        """Stop the process."""
        self._process.close()
