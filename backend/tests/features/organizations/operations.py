"""Who may do what in organizations."""

from tests.security.call import about
from tests.security.row import ELSE, SIGNED_IN, Row
from tests.security.world import World


async def _own(world: World) -> str:
    return str(world.own)


ROWS = (
    Row("list_organizations", SIGNED_IN, {200: "OPE DEV", 403: ELSE}, fuzz={200, 400, 422}),
    Row("export_organizations", SIGNED_IN, {200: "OPE DEV", 403: ELSE}, fuzz={200, 400, 422}),
    Row(
        "get_organization",
        SIGNED_IN,
        {200: "OPE OWN ADM USE new", 404: "fOW fAD fUS", 403: ELSE},
        unknown=404,
        call=about("org_id", _own),
        fuzz={200, 404, 422},
    ),
)
