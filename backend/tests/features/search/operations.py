"""Who may search, and finds what is theirs."""

from tests.features.projects.builders import build_project
from tests.security.call import Call
from tests.security.row import ELSE, SIGNED_IN, Row
from tests.security.world import CANARY, World


async def _search(world: World) -> Call:
    await build_project(world)
    return Call(query={"q": CANARY})


ROWS = (
    Row(
        "search_records",
        SIGNED_IN,
        {200: "OPE OWN ADM USE fOW fAD fUS", 403: ELSE},
        call=_search,
        fuzz={200, 400, 422},
    ),
)
