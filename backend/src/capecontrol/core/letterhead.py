"""The seller's face at the head of a document."""

from capecontrol.core.business import Business
from capecontrol.core.storage import ObjectMissing, ObjectStorage

#: What the logo is called among the pictures that come with a document (`templates/masthead.html` names it).
LOGO = "logo"


async def letterhead(storage: ObjectStorage, business: Business) -> dict[str, bytes]:
    """Return the pictures for a document in the name of a business: its logo, if it has one.

    A logo that is missing from the storage leaves its place empty: the document is worth more than its picture.

    Raises:
        StorageError: the storage does not answer.
    """
    if business.logo is None:
        return {}
    try:
        return {LOGO: await storage.get(business.logo.storage_key)}
    except ObjectMissing:
        return {}
