"""Who may do what in projects: staff make and move them."""

from tests.features.projects.builders import build_project
from tests.security.call import Call, about
from tests.security.row import ELSE, SIGNED_IN, Row
from tests.security.world import CANARY, World


async def _create(world: World) -> Call:
    return Call(json={"org_id": str(world.own), "title": world.word()})


ROWS = (
    Row("list_projects", SIGNED_IN, {200: "OPE OWN ADM USE fOW fAD fUS", 403: ELSE}, fuzz={200, 400, 422}),
    Row("export_projects", SIGNED_IN, {200: "OPE OWN ADM USE fOW fAD fUS", 403: ELSE}, fuzz={200, 400, 422}),
    Row(
        "create_project",
        SIGNED_IN,
        {201: "OPE", 403: ELSE},
        no_csrf=403,
        call=_create,
        fuzz={201, 400, 422},
        fuzz_keeps={"org_id"},
    ),
    Row(
        "get_project",
        SIGNED_IN,
        {200: "OPE OWN ADM USE", 404: "fOW fAD fUS", 403: ELSE},
        unknown=404,
        call=about("project_id", build_project),
        fuzz={200, 404, 422},
    ),
    Row(
        "update_project",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("project_id", build_project, {"title": f"{CANARY} renamed"}),
        fuzz={200, 400, 404, 409, 412, 422},
    ),
    Row(
        "change_project_status",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("project_id", build_project, {"status": "PROPOSED"}),
        fuzz={200, 400, 404, 409, 412, 422},
        fuzz_keeps={"status"},
    ),
    Row(
        "list_project_activity",
        SIGNED_IN,
        {200: "OPE OWN ADM USE", 404: "fOW fAD fUS", 403: ELSE},
        unknown=404,
        call=about("project_id", build_project),
        fuzz={200, 400, 404, 422},
    ),
)
