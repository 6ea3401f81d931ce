"""The port for files: PDFs and uploads live in object storage, never in the database."""

from typing import Protocol


class StorageError(Exception):
    """The storage did not do what was asked; trying again later may help."""


class ObjectMissing(StorageError):
    """There is no object under this key."""


class KeyRefused(ValueError):
    """The key is not one that an object may have. Always a programming mistake."""


class ObjectStorage(Protocol):
    """Bytes by key: a local folder by default, S3 when configured.

    Keys are relative paths of ``[A-Za-z0-9._-]`` segments joined by ``/``, at most 512 characters, no segment of
    dots only (``invoices/0190…/INV-2026-0001.pdf``). They are made by us, never by a user.

    Each call ends within a deadline, whatever the storage does: with ``StorageError`` where it is too slow, and at once
    where too many wait for it already. What was given up may still take effect.
    """

    async def put(self, key: str, data: bytes, media_type: str) -> None:
        """Store bytes under a key, replacing what was there, all or nothing.

        Raises:
            KeyRefused: the key's form.
            StorageError: it could not be stored.
        """
        ...

    async def get(self, key: str) -> bytes:
        """Return the bytes under a key.

        Raises:
            ObjectMissing: nothing is stored there.
            StorageError: it could not be read.
        """
        ...

    async def exists(self, key: str) -> bool:
        """Tell whether something is stored under a key.

        Raises:
            KeyRefused: the key's form.
            StorageError: it could not be asked.
        """
        ...

    async def delete(self, key: str) -> None:
        """Remove what is stored under a key; nothing there is as good.

        Raises:
            KeyRefused: the key's form.
            StorageError: it could not be removed.
        """
        ...
