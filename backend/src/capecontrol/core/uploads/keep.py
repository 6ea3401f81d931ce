"""Keep a picture that somebody sent, and nothing in the storage that no row knows."""

import hashlib

from capecontrol.core.pictures import Picture, PictureForm, PictureReader, PictureReaderFailed, PictureRefused
from capecontrol.core.problems import FieldError, Invalid, Unavailable, UnsupportedMedia
from capecontrol.core.storage import ObjectStorage, StorageError
from capecontrol.core.uploads.dao import UploadDao
from capecontrol.core.work import Units


async def read_picture(reader: PictureReader, data: bytes, form: PictureForm) -> tuple[Picture, str]:
    """Return the picture of a file that was sent as the member ``file``, written anew, and its SHA-256.

    Raises:
        UnsupportedMedia: it is no PNG, JPEG or WebP.
        Invalid: it cannot be used.
        Unavailable: we could not read it.
    """
    try:
        picture = await reader.read(data, form)
    except PictureRefused as refused:
        if refused.is_other_kind:
            raise UnsupportedMedia(refused.sentence) from None
        raise Invalid(errors=[FieldError("/file", refused.sentence)]) from None
    except PictureReaderFailed as error:
        raise Unavailable("This picture couldn't be read just now. Try again shortly.", internal=str(error)) from error
    return picture, hashlib.sha256(picture.data).hexdigest()


async def keep_picture(units: Units, storage: ObjectStorage, picture: Picture, key: str) -> None:
    """Note a picture and store it, in this order. It waits there for a record that names it (``UploadDao.record``).

    Raises:
        Unavailable: the storage does not answer, or the same file is being removed at this moment.
    """
    media_type = picture.encoding.media_type
    async with units.open() as work:
        may_be_stored = await UploadDao(work).announce(
            key, media_type=media_type, size=len(picture.data), width=picture.width, height=picture.height
        )
    if not may_be_stored:
        raise Unavailable("This file couldn't be stored just now. Try again shortly.", internal=f"being removed: {key}")
    try:
        await storage.put(key, picture.data, media_type)
    except StorageError as error:
        raise Unavailable("This file couldn't be stored. Try again shortly.", internal=str(error)) from error
