"""HTTP: the face of the business, for anybody."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Path, Request
from starlette.responses import Response

from capecontrol.core.business import Business, Logo, OfferPicture
from capecontrol.core.http import Router, provided, public
from capecontrol.core.http.files import picture_responses, shown_file
from capecontrol.core.http.fixed_answer import FixedAnswer
from capecontrol.core.problems import Unavailable
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.uploads.shown_pictures import ShownPictures
from capecontrol.core.uploads.stored_picture import StoredPicture
from capecontrol.core.work import Units
from capecontrol.features.business.pictures import keys_of
from capecontrol.features.business.schemas.branding import BrandingOut
from capecontrol.features.business.theme import theme_css

router = Router("business")

#: A style sheet holds the page up while it is asked for; new colours are seen within a minute.
_THEME_HEADERS = {"Cache-Control": "public, max-age=60"}
Sha256 = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the file.")]
#: Answers a picture of a kind by its SHA-256.
Show = Callable[[type[StoredPicture], str], Awaitable[Response]]
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


async def shown_by_business(
    units: Annotated[Units, public()],
    storage: Annotated[ObjectStorage, provided(ObjectStorage)],
    kept: Annotated[ShownPictures, provided(ShownPictures)],
    business: Annotated[Business, provided(Business)],
) -> Show:
    """Return what answers a picture that the business shows, or showed lately."""

    async def show(picture: type[StoredPicture], sha256: str) -> Response:
        found = kept.find(units, storage, picture.key_of(sha256), keys_of(business))
        return await shown_file(found, media_type=picture.kind.form.encoding.media_type)

    return show


Shows = Annotated[Show, Depends(shown_by_business, scope="function")]


@router.get(
    "/api/branding/logo/{sha256}.png",
    operation_id="get_logo",
    summary="Download a logo",
    problems=[Unavailable],
    response_class=Response,
    responses=picture_responses(Logo.kind.form.encoding),
)
async def get_logo(sha256: Sha256, show: Shows) -> Response:
    """Return a logo. A replaced one remains available for 90 days, because sent e-mails show it."""
    return await show(Logo, sha256)


@router.get(
    "/api/branding/pictures/{sha256}.webp",
    operation_id="get_picture",
    summary="Download a picture of an offer",
    problems=[Unavailable],
    response_class=Response,
    responses=picture_responses(OfferPicture.kind.form.encoding),
)
async def get_picture(sha256: Sha256, show: Shows) -> Response:
    """Return a picture. The content of a path never changes, so it can be cached forever."""
    return await show(OfferPicture, sha256)
