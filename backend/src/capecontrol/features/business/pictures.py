"""The pictures that the business shows, and showed lately."""

from datetime import timedelta

from capecontrol.core.business import Business

#: How long a picture is shown that is no longer the business's: mails that were sent before name it by its address.
SHOWN_AFTERWARDS = timedelta(days=90)


def keys_of(business: Business) -> frozenset[str]:
    """Return where the pictures are kept that a business shows."""
    shown = (business.logo, *(offer.picture for offer in business.front_door.offers))
    return frozenset(picture.storage_key for picture in shown if picture is not None)
