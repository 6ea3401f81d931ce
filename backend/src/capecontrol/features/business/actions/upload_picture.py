"""Upload a picture for an offer."""

from capecontrol.core.business import OfferPicture
from capecontrol.core.pictures import PictureReader
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.uploads.keep import keep_picture, read_picture
from capecontrol.core.work import Units


async def upload_picture(units: Units, storage: ObjectStorage, reader: PictureReader, file: bytes) -> OfferPicture:
    """Store a picture and return it. Nobody is shown it until an offer of the front door names it, within a day.

    Raises:
        UnsupportedMedia: the file is no PNG, JPEG or WebP.
        Invalid: the picture cannot be used.
        Unavailable: the storage does not answer.
    """
    picture = await read_picture(reader, file, OfferPicture.kind.form)
    uploaded = await keep_picture(units, storage, picture, OfferPicture)
    async with units.open() as work:
        await work.record(
            "business.picture_uploaded",
            resource=("picture", uploaded.sha256),
            metadata={"size": uploaded.size, "width": uploaded.width, "height": uploaded.height},
        )
    return uploaded
