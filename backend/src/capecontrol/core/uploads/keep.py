"""Keep a picture that somebody sent, and nothing in the storage that no row knows."""

import hashlib
from typing import TypeVar

from capecontrol.core.pictures import Picture, PictureForm, PictureReader, PictureReaderFailed, PictureRefused
from capecontrol.core.problems import FieldError, Invalid, Unavailable, UnsupportedMedia
from capecontrol.core.storage import ObjectStorage, StorageError
from capecontrol.core.uploads.dao import UploadDao
from capecontrol.core.uploads.stored_picture import StoredPicture
from capecontrol.core.work import Units

P = TypeVar("P", bound=StoredPicture)


async def read_picture(reader: PictureReader, data: bytes, form: PictureForm) -> Picture:
    """Return the picture of a file that was sent as the member ``file``, written anew.

    Raises:
        UnsupportedMedia: it is no PNG, JPEG or WebP.
        Invalid: it cannot be used.
        Unavailable: we could not read it.
    """
    try:
        return await reader.read(data, form)
    except PictureRefused as refused:
        if refused.is_other_kind:
            raise UnsupportedMedia(refused.sentence) from None
        raise Invalid(errors=[FieldError("/file", refused.sentence)]) from None
    except PictureReaderFailed as error:
        raise Unavailable("This picture couldn't be read just now. Try again shortly.", internal=str(error)) from error


async def keep_picture(units: Units, storage: ObjectStorage, picture: Picture, stored: type[P]) -> P:
    """Note a picture and store it, in this order. It waits there for a record that names it (``UploadDao.record``).

    Args:
        units: open the unit in which it is noted.
        storage: where it is kept.
        picture: what was written anew.
        stored: which pictures it is one of.

    Raises:
        Unavailable: the storage does not answer, or the same file is being removed at this moment.
    """
    media_type = picture.encoding.media_type
    sha256 = hashlib.sha256(picture.data).hexdigest()
    kept = stored(sha256, len(picture.data), picture.width, picture.height)
    key = kept.storage_key
    async with units.open() as work:
        may_be_stored = await UploadDao(work).announce(
            key, media_type=media_type, size=kept.size, width=kept.width, height=kept.height
        )
    if not may_be_stored:
        raise Unavailable("This file couldn't be stored just now. Try again shortly.", internal=f"being removed: {key}")
    try:
        await storage.put(key, picture.data, media_type)
    except StorageError as error:
        raise Unavailable("This file couldn't be stored. Try again shortly.", internal=str(error)) from error
    return kept
