"""Who may look into the machinery: operators."""

from tests.features.system.builders import build_dead_letter, build_retried_message
from tests.security.call import about
from tests.security.row import ELSE, SIGNED_IN, Row

ROWS = (
    Row("get_system", SIGNED_IN, {200: "OPE", 403: ELSE}, fuzz={200, 422}),
    Row("list_dead_letters", SIGNED_IN, {200: "OPE", 403: ELSE}, fuzz={200, 400, 422}),
    Row("export_dead_letters", SIGNED_IN, {200: "OPE", 403: ELSE}, fuzz={200, 400, 422}),
    Row(
        "revive_dead_letter",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("message_id", build_dead_letter),
        fuzz={200, 404, 409, 422},
    ),
    Row(
        "hasten_message",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("message_id", build_retried_message),
        fuzz={200, 404, 409, 422},
    ),
)
