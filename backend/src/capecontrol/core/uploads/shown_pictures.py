"""The pictures that a record shows to anybody, kept in memory: each page and mail asks for them."""

from collections.abc import Collection

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.problems import NotFound
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.uploads.dao import UploadDao
from capecontrol.core.work import Units


class ShownPictures:
    """Some megabytes of pictures of a process. An address names its content, so that what is kept cannot be old."""

    def __init__(self, bytes_max: int = 2 * 1024 * 1024) -> None:
        """Take how much is kept at most."""
        self._bytes_max = bytes_max
        self._kept: dict[str, bytes] = {}

    async def find(self, units: Units, storage: ObjectStorage, key: str, shown: Collection[str]) -> bytes:
        """Return a picture that the record shows, or showed lately: of the latter the database knows.

        Args:
            units: open the unit in which it is asked.
            storage, key, shown: see ``get``.

        Raises:
            NotFound: nobody is shown it.
            ObjectMissing: it is not there.
            StorageError: the storage does not answer.
        """
        if key in shown:
            return await self.get(storage, key, shown)
        async with units.open(PlatformScope("uploads: a picture of before")) as work:
            if not await UploadDao(work).is_shown(key):
                raise NotFound()
        return await storage.get(key)

    async def get(self, storage: ObjectStorage, key: str, shown: Collection[str]) -> bytes:
        """Return a picture, of the storage the first time.

        Args:
            storage: where it lies.
            key: under which key.
            shown: the keys of all that the record shows now; whatever else is kept is let go.

        Raises:
            ObjectMissing: it is not there.
            StorageError: the storage does not answer.
        """
        if (data := self._kept.get(key)) is not None:
            return data
        data = await storage.get(key)
        self._kept = {other: picture for other, picture in self._kept.items() if other in shown}
        if sum(map(len, self._kept.values())) + len(data) <= self._bytes_max:
            self._kept[key] = data
        return data
