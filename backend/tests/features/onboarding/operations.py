"""Who may do what in onboarding: clients only, and before it is done."""

from tests.security.call import about, plain
from tests.security.row import ELSE, SIGNED_IN, Row
from tests.security.world import World


async def _first_step(world: World) -> str:
    del world
    return "welcome"


ROWS = (
    Row("get_onboarding", SIGNED_IN, {200: "OWN ADM USE fOW fAD fUS new", 403: ELSE}, fuzz={200, 422}),
    Row(
        "update_onboarding_profile",
        SIGNED_IN,
        {200: "OWN ADM USE fOW fAD fUS new", 403: ELSE},
        no_csrf=403,
        call=plain({"timezone": "Africa/Johannesburg"}),
        fuzz={200, 400, 412, 422},
    ),
    Row(
        "complete_onboarding_step",
        SIGNED_IN,
        {200: "OWN ADM USE fOW fAD fUS new", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("step", _first_step),
        fuzz={200, 400, 404, 409, 422},
        doer="new",
    ),
)
