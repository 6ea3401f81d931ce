"""Reads pictures that people send, one at a time, in a process of their own."""

from capecontrol.adapters.pictures import decoding
from capecontrol.adapters.pictures.kind import kind_of
from capecontrol.core.child_process import ChildDied, ChildProcess, ChildTooSlow
from capecontrol.core.pictures import Picture, PictureForm, PictureRefused

#: Far beyond what decoding may take by its own clock: it is for a process that hangs, or starts on a busy machine.
DEADLINE_SECONDS = 20.0


class PillowReader:
    """Fulfils ``PictureReader`` with Pillow. A file that is made to be slow or large ends its process, and no other."""

    def __init__(self) -> None:
        """Start nothing yet: the process starts with the first picture."""
        self._process = ChildProcess(decoding.begin, deadline_seconds=DEADLINE_SECONDS)

    async def read(self, data: bytes, form: PictureForm) -> Picture:
        """Decode and write anew."""
        kind = kind_of(data)
        try:
            return await self._process.run(decoding.read, data, kind, form)
        except (ChildTooSlow, ChildDied):
            raise PictureRefused("This picture takes too long to open. Export it again in a simpler form.") from None

    def close(self) -> None:
        """Stop the process."""
        self._process.close()
