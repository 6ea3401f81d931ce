"""Change the logo."""

from dataclasses import asdict

from capecontrol.core.business import Business, Logo
from capecontrol.core.pictures import PictureReader
from capecontrol.core.revision import ExpectedRevisions, check_revision
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.uploads.keep import keep_picture, read_picture
from capecontrol.core.work import Units
from capecontrol.features.business.actions.edit_business import edit_business
from capecontrol.features.business.current import record_to_change


async def change_logo(
    units: Units,
    storage: ObjectStorage,
    reader: PictureReader,
    known: Business,
    file: bytes,
    *,
    expected: ExpectedRevisions,
) -> Business:
    """Keep a picture as the logo and return the business as it is then.

    Read, then stored, then recorded, no transaction open meanwhile. What is stored and not recorded is shown to nobody.

    Raises:
        UnsupportedMedia: the file is no PNG, JPEG or WebP.
        Invalid: the picture cannot be used.
        PreconditionFailed: somebody else has changed the business since the editor read it.
        Unavailable: the storage does not answer.
    """
    async with units.open() as work:
        check_revision(expected, (await record_to_change(work, known)).revision)
    logo = await keep_picture(units, storage, await read_picture(reader, file, Logo.kind.form), Logo)
    async with units.open() as work:
        return await edit_business(work, known, {"logo": asdict(logo)}, expected=expected)


async def remove_logo(units: Units, known: Business, *, expected: ExpectedRevisions) -> Business:
    """Go on without a logo, and return the business as it is then.

    Raises:
        PreconditionFailed: somebody else has changed the business since the editor read it.
    """
    async with units.open() as work:
        return await edit_business(work, known, {"logo": None}, expected=expected)
