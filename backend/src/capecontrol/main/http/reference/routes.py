"""HTTP: the reference of the API."""

from pathlib import Path
from typing import Annotated

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from capecontrol.core.http import Router, provided, public
from capecontrol.core.work import Units
from capecontrol.main.http.reference.reference import Reference

router = Router("system")
_STYLE = Path(__file__).with_name("reference.css")


@router.get(
    "/openapi.json", operation_id="get_document", summary="Return the OpenAPI document", include_in_schema=False
)
async def get_document(
    request: Request, _units: Annotated[Units, public()], reference: Annotated[Reference, provided(Reference)]
) -> Response:
    """Return the document."""
    return (await reference.document()).respond(request)


@router.get("/api/docs", operation_id="show_reference", summary="Show the API reference", include_in_schema=False)
async def show_reference(
    request: Request, _units: Annotated[Units, public()], reference: Annotated[Reference, provided(Reference)]
) -> Response:
    """Return the page."""
    return (await reference.page()).respond(request)


@router.get("/api/docs/reference.css", operation_id="get_reference_style", summary="The style", include_in_schema=False)
async def get_reference_style(_units: Annotated[Units, public()]) -> Response:
    """Return the page's style."""
    return FileResponse(_STYLE, media_type="text/css")
