"""HTTP: the face of the business, for anybody."""

from typing import Annotated

from fastapi import Path, Request
from starlette.responses import Response

from capecontrol.core.business import Business
from capecontrol.core.http import Router, provided, public
from capecontrol.core.http.fixed_answer import FixedAnswer
from capecontrol.core.problems import NotFound, Unavailable
from capecontrol.core.storage import ObjectMissing, ObjectStorage, StorageError
from capecontrol.core.work import Units
from capecontrol.features.business.logo import MEDIA_TYPE, storage_key
from capecontrol.features.business.schemas.branding import BrandingOut
from capecontrol.features.business.theme import theme_css

router = Router("business")

#: Short: what an operator changes is seen within a minute, and who asks again is answered 304.
_HEADERS = {"Cache-Control": "public, max-age=60"}
#: Mails show it, too, in whatever reads them.
_PICTURE = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Disposition": "inline",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_SAME = {304: {"description": "It is as you have it."}}


@router.get(
    "/api/branding",
    operation_id="get_branding",
    summary="Show the face of the business",
    response_model=BrandingOut,
    responses=_SAME,
)
async def get_branding(
    request: Request, _units: Annotated[Units, public()], business: Annotated[Business, provided(Business)]
) -> Response:
    """Return its name, logo, colours and texts, and how it writes figures and days. It asks the database nothing."""
    body = BrandingOut.of(business).model_dump_json().encode()
    return FixedAnswer(body, "application/json", _HEADERS).respond(request)


@router.get(
    "/api/branding/theme.css",
    operation_id="get_theme",
    summary="Show the colours of the business as a style sheet",
    response_class=Response,
    responses={
        200: {"description": "Custom properties.", "content": {"text/css": {"schema": {"type": "string"}}}},
        **_SAME,
    },
)
async def get_theme(
    request: Request, _units: Annotated[Units, public()], business: Annotated[Business, provided(Business)]
) -> Response:
    """Return the colours as custom properties, for pages that run no script."""
    return FixedAnswer(theme_css(business).encode(), "text/css; charset=utf-8", _HEADERS).respond(request)


@router.get(
    "/api/branding/logo/{sha256}.png",
    operation_id="get_logo",
    summary="Show a logo",
    response_class=Response,
    responses={
        200: {
            "description": "The picture.",
            "content": {"image/png": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def get_logo(
    sha256: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the file.")],
    _units: Annotated[Units, public()],
    storage: Annotated[ObjectStorage, provided(ObjectStorage)],
) -> Response:
    """Return a logo by its content. What an address shows never changes."""
    try:
        data = await storage.get(storage_key(sha256))
    except ObjectMissing:
        raise NotFound() from None
    except StorageError as error:
        raise Unavailable("The storage does not answer; try again shortly.", internal=str(error)) from error
    return Response(data, media_type=MEDIA_TYPE, headers=_PICTURE)
