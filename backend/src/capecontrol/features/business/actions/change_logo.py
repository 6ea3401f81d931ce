"""Change the logo."""

import hashlib
from dataclasses import asdict

from capecontrol.core.business import Business, Logo
from capecontrol.core.pictures import PictureReader, PictureRefused
from capecontrol.core.problems import FieldError, Invalid, Problem, Unavailable, UnsupportedMedia
from capecontrol.core.revision import ExpectedRevisions
from capecontrol.core.storage import ObjectStorage, StorageError
from capecontrol.core.work import Units
from capecontrol.features.business.actions.edit_business import edit_business
from capecontrol.features.business.current import record_to_change, recorded_business
from capecontrol.features.business.dao import business_of
from capecontrol.features.business.logo import HEIGHT_MAX, MEDIA_TYPE, WIDTH_MAX, storage_key


async def change_logo(
    units: Units,
    storage: ObjectStorage,
    reader: PictureReader,
    known: Business,
    file: bytes,
    *,
    expected: ExpectedRevisions,
) -> Business:
    """Keep a picture as the logo and return the business as it is then; the picture before is removed.

    Read, then stored, then recorded, no transaction open meanwhile. What is stored and not recorded is removed.

    Raises:
        UnsupportedMedia: the file is no PNG, JPEG or WebP.
        Invalid: the picture cannot be used.
        PreconditionFailed: somebody else has changed the business since the editor read it.
        Unavailable: the storage does not answer.
    """
    try:
        picture = await reader.read(file, width_max=WIDTH_MAX, height_max=HEIGHT_MAX)
    except PictureRefused as refused:
        if refused.is_other_kind:
            raise UnsupportedMedia(refused.sentence) from None
        raise Invalid(errors=[FieldError("/file", refused.sentence)]) from None
    logo = Logo(hashlib.sha256(picture.png).hexdigest(), len(picture.png), picture.width, picture.height)
    try:
        await storage.put(storage_key(logo.sha256), picture.png, MEDIA_TYPE)
    except StorageError as error:
        raise Unavailable("The file could not be stored. Try again shortly.", internal=str(error)) from error
    try:
        return await _record(units, storage, known, logo, expected)
    except Problem:
        await _remove_unless_recorded(units, storage, logo)
        raise


async def remove_logo(
    units: Units, storage: ObjectStorage, known: Business, *, expected: ExpectedRevisions
) -> Business:
    """Go on without a logo, and return the business as it is then.

    Raises:
        PreconditionFailed: somebody else has changed the business since the editor read it.
    """
    return await _record(units, storage, known, None, expected)


async def _record(
    units: Units, storage: ObjectStorage, known: Business, logo: Logo | None, expected: ExpectedRevisions
) -> Business:
    async with units.open() as work:
        before = business_of(await record_to_change(work, known), ()).logo
        changes = {"logo": asdict(logo) if logo else None}
        business = await edit_business(work, known, changes, expected=expected)
    if before is not None and before != logo:
        await _remove_unless_recorded(units, storage, before)
    return business


async def _remove_unless_recorded(units: Units, storage: ObjectStorage, logo: Logo) -> None:
    """Remove a file that is nobody's; whoever stored the same picture meanwhile keeps it."""
    async with units.open() as work:
        business = await recorded_business(work)
    if business is not None and business.logo is not None and business.logo.sha256 == logo.sha256:
        return
    try:
        await storage.delete(storage_key(logo.sha256))
    except StorageError:
        # It lies there unseen; the change is made.
        return
