"""HTTP: the guides."""

from pathlib import Path
from typing import Annotated

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from capecontrol.core.http import Router, provided, public
from capecontrol.core.http.limits import Limit, Subject
from capecontrol.core.problems import NotFound
from capecontrol.core.work import Units
from capecontrol.main.http.guides.library import Library
from capecontrol.main.http.guides.pages import GuidePages
from capecontrol.main.http.guides.schemas import GuideIndex

router = Router("guides")
#: Each goes through all guides, word by word.
SEARCHES = Limit("searches", per_second=5, burst=60, by=Subject.ADDRESS)
_STYLE = Path(__file__).with_name("guides.css")
_KEPT = {"Cache-Control": "no-cache"}


@router.get("/docs", operation_id="show_guides", summary="Show the guides, or find some", include_in_schema=False)
async def show_guides(
    request: Request,
    _units: Annotated[Units, public(limit=SEARCHES)],
    pages: Annotated[GuidePages, provided(GuidePages)],
    q: str = "",
) -> Response:
    """Return the list of all guides, or what a search finds in them."""
    return (pages.results(q) if q.strip() else pages.index()).respond(request)


@router.get(
    "/docs/search.json",
    operation_id="get_guide_index",
    summary="List the guides",
    response_model=GuideIndex,
)
async def get_guide_index(
    request: Request, _units: Annotated[Units, public()], pages: Annotated[GuidePages, provided(GuidePages)]
) -> Response:
    """Return the text of all guides by section, in reading order."""
    return pages.document.respond(request)


@router.get("/docs/guides.css", operation_id="get_guide_style", summary="The style", include_in_schema=False)
async def get_guide_style(_units: Annotated[Units, public()]) -> Response:
    """Return the pages' style."""
    return FileResponse(_STYLE, media_type="text/css", headers=_KEPT)


@router.get(
    "/docs/samples/{name}", operation_id="get_guide_sample", summary="Download a sample", include_in_schema=False
)
async def get_guide_sample(
    name: str, _units: Annotated[Units, public()], library: Annotated[Library, provided(Library)]
) -> Response:
    """Return a file that a guide offers.

    Raises:
        NotFound: none does.
    """
    if name not in library.samples:
        raise NotFound()
    return FileResponse(library.samples[name], filename=name, headers=_KEPT)


@router.get("/docs/{slug}", operation_id="show_guide", summary="Show a guide", include_in_schema=False)
async def show_guide(
    slug: str,
    request: Request,
    _units: Annotated[Units, public()],
    pages: Annotated[GuidePages, provided(GuidePages)],
) -> Response:
    """Return a guide, or a page that leads to all of them."""
    return pages.guide(slug).respond(request)
