"""Objects in a local folder."""

import os
import tempfile
from pathlib import Path

from capecontrol.adapters.storage.key import checked
from capecontrol.adapters.storage.threads import StorageBounds, StorageThreads
from capecontrol.core.storage import ObjectMissing, StorageError


class FolderStorage:
    """Keeps each object in a file of its own, readable by this account only. A mounted folder may be slow, or hang."""

    def __init__(self, folder: Path, bounds: StorageBounds | None = None) -> None:
        """Use a folder; it is made when the first object comes."""
        self._folder = folder
        self._threads = StorageThreads(bounds or StorageBounds())

    async def put(self, key: str, data: bytes, media_type: str) -> None:
        """Write beside, flush to the disk, rename: a crash leaves the old object or the new one."""
        path = self._folder / checked(key)
        try:
            await self._threads.run(lambda: _write(path, data))
        except OSError as error:
            raise StorageError(f"could not store an object: {type(error).__name__}") from error

    async def get(self, key: str) -> bytes:
        """Read the file."""
        path = self._folder / checked(key)
        try:
            return await self._threads.run(path.read_bytes)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise ObjectMissing("there is no object under this key") from error
        except OSError as error:
            raise StorageError(f"could not read an object: {type(error).__name__}") from error

    async def exists(self, key: str) -> bool:
        """Look for the file."""
        path = self._folder / checked(key)
        try:
            return await self._threads.run(path.is_file)
        except OSError as error:
            raise StorageError(f"could not look for an object: {type(error).__name__}") from error

    async def delete(self, key: str) -> None:
        """Remove the file."""
        path = self._folder / checked(key)
        try:
            await self._threads.run(lambda: path.unlink(missing_ok=True))
        except OSError as error:
            raise StorageError(f"could not remove an object: {type(error).__name__}") from error

    async def close(self) -> None:
        """Let the threads end."""
        self._threads.close()


def _make_private(folder: Path) -> None:
    """Make a folder and those above it that are missing, closed to others: ``parents=True`` leaves these open."""
    for missing in reversed([folder, *folder.parents]):
        missing.mkdir(mode=0o700, exist_ok=True)


def _write(path: Path, data: bytes) -> None:
    _make_private(path.parent)
    # NamedTemporaryFile makes the file with mode 0600, and the rename keeps it.
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as half:
        try:
            half.write(data)
            half.flush()
            os.fsync(half.fileno())
        except OSError:
            Path(half.name).unlink(missing_ok=True)
            raise
    Path(half.name).replace(path)
