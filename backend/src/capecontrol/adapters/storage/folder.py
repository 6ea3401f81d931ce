"""Objects in a local folder."""

import asyncio
import os
import tempfile
from pathlib import Path

from capecontrol.adapters.storage.key import checked
from capecontrol.core.storage import ObjectMissing, StorageError


class FolderStorage:
    """Keeps each object in a file of its own, readable by this account only."""

    def __init__(self, folder: Path) -> None:
        """Use a folder; it is made when the first object comes."""
        self._folder = folder

    async def put(self, key: str, data: bytes, media_type: str) -> None:
        """Write beside, flush to the disk, rename: a crash leaves the old object or the new one."""
        path = self._folder / checked(key)
        try:
            await asyncio.to_thread(_write, path, data)
        except OSError as error:
            raise StorageError(f"could not store an object: {type(error).__name__}") from error

    async def get(self, key: str) -> bytes:
        """Read the file."""
        path = self._folder / checked(key)
        try:
            return await asyncio.to_thread(path.read_bytes)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise ObjectMissing("there is no object under this key") from error
        except OSError as error:
            raise StorageError(f"could not read an object: {type(error).__name__}") from error

    async def exists(self, key: str) -> bool:
        """Look for the file."""
        return await asyncio.to_thread((self._folder / checked(key)).is_file)

    async def delete(self, key: str) -> None:
        """Remove the file."""
        path = self._folder / checked(key)
        try:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        except OSError as error:
            raise StorageError(f"could not remove an object: {type(error).__name__}") from error


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
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
