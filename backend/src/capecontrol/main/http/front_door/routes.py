"""HTTP: the front door."""

from typing import Annotated

from starlette.requests import Request
from starlette.responses import Response

from capecontrol.core.business import Business
from capecontrol.core.http import Router, provided, public
from capecontrol.core.links import Links
from capecontrol.core.work import Units
from capecontrol.main.http.front_door.front_door import FrontDoor
from capecontrol.main.http.front_door.security_contact import security_contact

router = Router("business")


@router.get("/", operation_id="show_front_door", summary="Show the front page", include_in_schema=False)
async def show_front_door(
    request: Request,
    _units: Annotated[Units, public()],
    front_door: Annotated[FrontDoor, provided(FrontDoor)],
    business: Annotated[Business, provided(Business)],
) -> Response:
    """Return the business's front door, for anybody."""
    return front_door.page("front-door", business).respond(request)


@router.get("/about", operation_id="show_about", summary="Show who the business is", include_in_schema=False)
async def show_about(
    request: Request,
    _units: Annotated[Units, public()],
    front_door: Annotated[FrontDoor, provided(FrontDoor)],
    business: Annotated[Business, provided(Business)],
) -> Response:
    """Return what the business tells about itself."""
    return front_door.page("about", business).respond(request)


@router.get(
    "/.well-known/security.txt",
    operation_id="show_security_contact",
    summary="Show whom to tell of a security weakness",
    include_in_schema=False,
)
async def show_security_contact(
    request: Request,
    units: Annotated[Units, public()],
    business: Annotated[Business, provided(Business)],
    links: Annotated[Links, provided(Links)],
) -> Response:
    """Return whom to tell of a weakness of this installation, in the form of RFC 9116."""
    return security_contact(business, links, units.clock.now()).respond(request)
