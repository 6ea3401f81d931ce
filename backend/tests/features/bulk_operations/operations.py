"""Who may run bulk operations: operators, each their own."""

from tests.features.bulk_operations.builders import build_operation, end_all
from tests.features.system.builders import build_dead_letter
from tests.security.call import Call, about
from tests.security.row import ELSE, SIGNED_IN, Row
from tests.security.world import World


async def _start(world: World) -> Call:
    await end_all(world)
    return Call(json={"kind": "dead_letters.revive", "ids": [await build_dead_letter(world)]})


ROWS = (
    Row("list_bulk_operations", SIGNED_IN, {200: "OPE", 403: ELSE}, fuzz={200, 400, 422}),
    Row(
        "start_bulk_operation",
        SIGNED_IN,
        {202: "OPE", 403: ELSE},
        no_csrf=403,
        call=_start,
        fuzz={202, 400, 409, 422},
    ),
    Row(
        "get_bulk_operation",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        unknown=404,
        call=about("operation_id", build_operation),
        fuzz={200, 404, 422},
    ),
    Row(
        "cancel_bulk_operation",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("operation_id", build_operation),
        fuzz={200, 404, 409, 422},
    ),
)
