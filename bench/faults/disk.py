"""The disk of the platform under test: one that can be full, where this account may mount one."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SIZE_MEGABYTES = 3072
FILLER = "filler"
MOUNT, UMOUNT = "/bin/mount", "/bin/umount"


class Disk:
    """A file system of its own in memory. Without the right to mount one it is a folder, which is never full."""

    def __init__(self, folder: Path) -> None:
        """Take where it is to be found; ``mounted`` mounts it."""
        self.folder = folder
        self.can_be_full = False

    @contextmanager
    def mounted(self) -> Iterator[None]:
        """Have it for the length of the block."""
        self.folder.mkdir(mode=0o711)
        options = f"size={SIZE_MEGABYTES}m,mode=0711"
        command = [MOUNT, "-t", "tmpfs", "-o", options, "tmpfs", str(self.folder)]
        with suppress(OSError):
            self.can_be_full = subprocess.run(command, capture_output=True, check=False).returncode == 0
        try:
            yield
        finally:
            if self.can_be_full:
                # Lazily: a process that is just ending may still hold a file.
                subprocess.run([UMOUNT, "--lazy", str(self.folder)], capture_output=True, check=False)

    def fill(self) -> None:
        """Take all that is free."""
        room = os.statvfs(self.folder)
        with (self.folder / FILLER).open("wb") as file, suppress(OSError):
            os.posix_fallocate(file.fileno(), 0, room.f_bavail * room.f_frsize)

    def free(self) -> None:
        """Give it back."""
        (self.folder / FILLER).unlink(missing_ok=True)
