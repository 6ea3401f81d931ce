"""The pictures of the business: what becomes of each, and where it is kept."""

from datetime import timedelta

from capecontrol.core.business import Business
from capecontrol.core.pictures import Encoding, PictureForm

#: Twice as large as it stands anywhere, for screens with small pixels; PNG is what mail programs and documents show.
LOGO = PictureForm(1200, 480, 200 * 1024, Encoding.PNG)
LOGO_SIZE_MAX = 1024 * 1024
#: As wide as a telephone's screen has pixels, and light enough that three of them hold nobody up.
OFFER_PICTURE = PictureForm(1200, 900, 200 * 1024, Encoding.WEBP)
OFFER_PICTURE_SIZE_MAX = 5 * 1024 * 1024
#: How long a picture is shown that is no longer the business's: mails that were sent before name it by its address.
SHOWN_AFTERWARDS = timedelta(days=90)


def keys_of(business: Business) -> frozenset[str]:
    """Return where the pictures are kept that a business shows."""
    shown = (business.logo, *(offer.picture for offer in business.front_door.offers))
    return frozenset(picture.storage_key for picture in shown if picture is not None)
