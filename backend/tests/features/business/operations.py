"""Who may do what in business: operators write in its name and edit it, and its face is anybody's."""

from tests.features.business.builders import build_coming_rate, build_logo, build_offer_picture
from tests.features.business.pictures import multipart, picture
from tests.security.call import Call, about, plain
from tests.security.row import ELSE, SIGNED_IN, Row, public
from tests.security.world import World

BANK = {"account_name": "Northstar Automation (Pty) Ltd", "number": "62012345678"}


async def _add_rate(world: World) -> Call:
    return Call(json={"name": world.word("VAT"), "rate": "16.00", "valid_from": "2027-04-01"})


async def _change(world: World) -> Call:
    return Call(json={"phone": f"+27 21 555 {world.number():04}"})


async def _change_bank(world: World) -> Call:
    return Call(json={"bank": {**BANK, "branch_code": str(world.number())}})


async def _picture(world: World) -> Call:
    content, headers = multipart(picture(size=(20 + world.number(), 20)))
    return Call(content=content, headers=headers)


async def _delete_logo(world: World) -> Call:
    await build_logo(world)
    return Call()


ROWS = (
    Row("get_business", SIGNED_IN, {200: "OPE", 403: ELSE}, fuzz={200, 422}),
    Row(
        "update_business",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        call=_change,
        fuzz={200, 400, 412, 422},
    ),
    Row(
        "change_bank_details",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        call=_change_bank,
        fuzz={200, 400, 412, 422},
    ),
    Row("list_tax_rates", SIGNED_IN, {200: "OPE", 403: ELSE}, fuzz={200, 422}),
    Row(
        "create_tax_rate",
        SIGNED_IN,
        {201: "OPE", 403: ELSE},
        no_csrf=403,
        call=_add_rate,
        fuzz={201, 400, 409, 422},
    ),
    Row(
        "update_tax_rate",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("rate_id", build_coming_rate, {"valid_until": "2028-03-31"}),
        fuzz={200, 400, 404, 422},
    ),
    Row(
        "delete_tax_rate",
        SIGNED_IN,
        {204: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("rate_id", build_coming_rate),
        fuzz={204, 404, 409, 422},
    ),
    Row("get_branding", public(200), {200: ELSE}, call=plain(), fuzz={200, 422}),
    Row("get_theme", public(200), {200: ELSE}, call=plain(), fuzz={200, 422}),
    Row(
        "change_logo",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        call=_picture,
        fuzz={200, 400, 412, 415, 422, 429},
    ),
    Row("delete_logo", SIGNED_IN, {200: "OPE", 403: ELSE}, no_csrf=403, call=_delete_logo, fuzz={200, 412, 422}),
    Row(
        "upload_picture",
        SIGNED_IN,
        {201: "OPE", 403: ELSE},
        no_csrf=403,
        call=_picture,
        fuzz={201, 400, 415, 422, 429},
    ),
    Row(
        "get_picture",
        public(200),
        {200: ELSE},
        unknown=404,
        call=about("sha256", build_offer_picture),
        fuzz={200, 404, 422},
    ),
    Row("get_logo", public(200), {200: ELSE}, unknown=404, call=about("sha256", build_logo), fuzz={200, 404, 422}),
)
