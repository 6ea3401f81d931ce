"""A number that one process turns and others read without asking: eight bytes of a file that they share as memory."""

import mmap
import struct
from pathlib import Path

_FORMAT = "<d"


class Dial:
    """A number in a file. Reading it costs no system call, so that a clock may look each time it is asked."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it with zero."""
        if not path.exists():
            path.write_bytes(struct.pack(_FORMAT, 0.0))
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), struct.calcsize(_FORMAT))

    def turn(self, value: float) -> None:
        """Set it, for all who read it."""
        self._memory[:] = struct.pack(_FORMAT, value)

    def read(self) -> float:
        """Return what it stands at."""
        (value,) = struct.unpack(_FORMAT, self._memory[:])
        return float(value)
