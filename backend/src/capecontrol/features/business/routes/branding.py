"""HTTP: the face of the business, for anybody."""

from typing import Annotated

from fastapi import Path, Request
from starlette.responses import Response

from capecontrol.core.business import PICTURES_FOLDER, Business, offer_picture_key
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.http import Router, provided, public
from capecontrol.core.http.files import picture_responses, shown_file
from capecontrol.core.http.fixed_answer import FixedAnswer
from capecontrol.core.pictures import Encoding
from capecontrol.core.problems import NotFound
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.uploads.dao import UploadDao
from capecontrol.core.work import Units
from capecontrol.features.business.pictures import keys_of
from capecontrol.features.business.schemas.branding import BrandingOut
from capecontrol.features.business.shown_pictures import ShownPictures
from capecontrol.features.business.theme import theme_css

router = Router("business")

#: A style sheet holds the page up while it is asked for; new colours are seen within a minute.
_THEME_HEADERS = {"Cache-Control": "public, max-age=60"}
Sha256 = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the file.")]
_SAME = {304: {"description": "It is as you have it."}}


@router.get(
    "/api/branding",
    operation_id="get_branding",
    summary="Retrieve the branding",
    response_model=BrandingOut,
    responses=_SAME,
)
async def get_branding(
    request: Request, _units: Annotated[Units, public()], business: Annotated[Business, provided(Business)]
) -> Response:
    """Return the name, logo, colours and texts of the business, and how it writes numbers and dates.

    Pages that are told of a change ask again at once: a browser keeps this only together with its ETag.
    """
    body = BrandingOut.of(business).model_dump_json().encode()
    return FixedAnswer(body, "application/json").respond(request)


@router.get(
    "/api/branding/theme.css",
    operation_id="get_theme",
    summary="Retrieve the brand colours as CSS",
    response_class=Response,
    responses={
        200: {"description": "Custom properties.", "content": {"text/css": {"schema": {"type": "string"}}}},
        **_SAME,
    },
)
async def get_theme(
    request: Request, _units: Annotated[Units, public()], business: Annotated[Business, provided(Business)]
) -> Response:
    """Return the colours as custom properties, for pages without scripts."""
    return FixedAnswer(theme_css(business).encode(), "text/css; charset=utf-8", _THEME_HEADERS).respond(request)


@router.get(
    "/api/branding/logo/{sha256}.png",
    operation_id="get_logo",
    summary="Download a logo",
    response_class=Response,
    responses=picture_responses(Encoding.PNG),
)
async def get_logo(
    sha256: Sha256,
    units: Annotated[Units, public()],
    storage: Annotated[ObjectStorage, provided(ObjectStorage)],
    kept: Annotated[ShownPictures, provided(ShownPictures)],
    business: Annotated[Business, provided(Business)],
) -> Response:
    """Return a logo. A replaced one remains available for 90 days, because sent e-mails show it."""
    return await _picture(units, storage, kept, business, f"{PICTURES_FOLDER}/{sha256}.png", Encoding.PNG)


@router.get(
    "/api/branding/pictures/{sha256}.webp",
    operation_id="get_picture",
    summary="Download a picture of an offer",
    response_class=Response,
    responses=picture_responses(Encoding.WEBP),
)
async def get_picture(
    sha256: Sha256,
    units: Annotated[Units, public()],
    storage: Annotated[ObjectStorage, provided(ObjectStorage)],
    kept: Annotated[ShownPictures, provided(ShownPictures)],
    business: Annotated[Business, provided(Business)],
) -> Response:
    """Return a picture. The content of a path never changes, so it can be cached forever."""
    return await _picture(units, storage, kept, business, offer_picture_key(sha256), Encoding.WEBP)


async def _picture(
    units: Units, storage: ObjectStorage, kept: ShownPictures, business: Business, key: str, encoding: Encoding
) -> Response:
    """Answer a picture that the business shows, or showed lately: the process knows of the first."""
    shown = keys_of(business)
    if key in shown:
        return await shown_file(kept.get(storage, key, shown), media_type=encoding.media_type)
    async with units.open(PlatformScope("business: a picture of before")) as work:
        if not await UploadDao(work).is_shown(key):
            raise NotFound()
    return await shown_file(storage.get(key), media_type=encoding.media_type)
