"""Upload a picture for an offer."""

from capecontrol.core.business import OfferPicture
from capecontrol.core.pictures import PictureReader
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.uploads.keep import keep_picture, read_picture
from capecontrol.core.work import Units
from capecontrol.features.business.pictures import OFFER_PICTURE


async def upload_picture(units: Units, storage: ObjectStorage, reader: PictureReader, file: bytes) -> OfferPicture:
    """Store a picture and return it. Nobody is shown it until an offer of the front door names it, within a day.

    Raises:
        UnsupportedMedia: the file is no PNG, JPEG or WebP.
        Invalid: the picture cannot be used.
        Unavailable: the storage does not answer.
    """
    picture, sha256 = await read_picture(reader, file, OFFER_PICTURE)
    uploaded = OfferPicture(sha256, len(picture.data), picture.width, picture.height)
    await keep_picture(units, storage, picture, uploaded.storage_key)
    async with units.open() as work:
        await work.record(
            "business.picture_uploaded",
            resource=("picture", sha256),
            metadata={"size": uploaded.size, "width": uploaded.width, "height": uploaded.height},
        )
    return uploaded
