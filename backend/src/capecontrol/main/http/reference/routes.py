"""HTTP: the reference page."""

from pathlib import Path
from typing import Annotated

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from capecontrol.core.http import Router, public
from capecontrol.core.templating import templates
from capecontrol.core.work import Units
from capecontrol.main.http.reference.outline import Outline

router = Router("system")
_STYLE = Path(__file__).with_name("reference.css")
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"


@router.get("/api/docs", operation_id="show_reference", summary="Show the API reference", include_in_schema=False)
async def show_reference(request: Request, _units: Annotated[Units, public()]) -> Response:
    """Return the page."""
    document = request.app.openapi()
    html = (
        templates("capecontrol.main.http.reference", "")
        .get_template("page.html")
        .render(
            chapters=Outline(document).chapters(),
            version=document["info"]["version"],
            description=document["info"]["description"],
        )
    )
    return HTMLResponse(html, headers={"Content-Security-Policy": _POLICY})


@router.get("/api/docs/reference.css", operation_id="get_reference_style", summary="The style", include_in_schema=False)
async def get_reference_style(_units: Annotated[Units, public()]) -> Response:
    """Return the page's style."""
    return FileResponse(_STYLE, media_type="text/css")
