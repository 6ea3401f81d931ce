"""Who may do what in proposals: staff write and send, the owner decides, an administrator may ask for changes."""

from tests.features.projects.builders import build_project
from tests.features.proposals.builders import (
    LINE_ITEMS,
    build_dismissed_proposal,
    build_draft,
    build_expired_proposal,
    build_sent_proposal,
    build_viewing_token,
)
from tests.security.call import Call, about
from tests.security.row import ELSE, SIGNED_IN, Row, public
from tests.security.world import CANARY, World


async def _create(world: World) -> Call:
    body = {"project_id": await build_project(world), "title": world.word(), "line_items": LINE_ITEMS}
    return Call(json=body)


ROWS = (
    Row("list_proposals", SIGNED_IN, {200: "OPE OWN ADM USE fOW fAD fUS", 403: ELSE}, fuzz={200, 400, 422}),
    Row("export_proposals", SIGNED_IN, {200: "OPE OWN ADM USE fOW fAD fUS", 403: ELSE}, fuzz={200, 400, 422}),
    Row(
        "create_proposal",
        SIGNED_IN,
        {201: "OPE", 403: ELSE},
        no_csrf=403,
        call=_create,
        fuzz={201, 400, 409, 422},
        fuzz_keeps={"project_id"},
    ),
    Row(
        "view_shared_proposal",
        public(200),
        {200: ELSE},
        unknown=404,
        call=about("token", build_viewing_token),
        fuzz={200, 404, 422},
        shows_anybody="whoever holds the secret in the address may see it",
    ),
    Row(
        "download_shared_proposal",
        public(200),
        {200: ELSE},
        unknown=404,
        call=about("token", build_viewing_token),
        fuzz={200, 404, 422},
        shows_anybody="whoever holds the secret in the address may see it",
    ),
    Row(
        "get_proposal",
        SIGNED_IN,
        {200: "OPE OWN ADM USE", 404: "fOW fAD fUS", 403: ELSE},
        unknown=404,
        call=about("proposal_id", build_sent_proposal),
        fuzz={200, 404, 422},
    ),
    Row(
        "update_proposal",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("proposal_id", build_draft, {"title": f"{CANARY} renamed"}),
        fuzz={200, 400, 404, 409, 412, 422},
    ),
    Row(
        "list_proposal_versions",
        SIGNED_IN,
        {200: "OPE OWN ADM USE", 404: "fOW fAD fUS", 403: ELSE},
        unknown=404,
        call=about("proposal_id", build_sent_proposal),
        fuzz={200, 400, 404, 422},
    ),
    Row(
        "send_proposal",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("proposal_id", build_draft),
        fuzz={200, 400, 404, 409, 412, 422},
    ),
    Row(
        "send_proposal_again",
        SIGNED_IN,
        {200: "OPE", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("proposal_id", build_sent_proposal),
        fuzz={200, 400, 404, 409, 422},
    ),
    Row(
        "approve_proposal",
        SIGNED_IN,
        {200: "OWN", 404: "fOW", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("proposal_id", build_sent_proposal, {"name": "Thandi Nkosi"}),
        fuzz={200, 400, 404, 409, 422},
    ),
    Row(
        "request_proposal_changes",
        SIGNED_IN,
        {200: "OWN ADM", 404: "fOW fAD", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("proposal_id", build_sent_proposal, {"message": f"{CANARY}, please"}),
        fuzz={200, 400, 404, 409, 422},
    ),
    Row(
        "decline_proposal",
        SIGNED_IN,
        {200: "OWN", 404: "fOW", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("proposal_id", build_sent_proposal, {"reason": f"{CANARY} later."}),
        fuzz={200, 400, 404, 409, 422},
    ),
    Row(
        "dismiss_proposal",
        SIGNED_IN,
        {200: "OPE OWN", 404: "fOW", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("proposal_id", build_expired_proposal),
        fuzz={200, 400, 404, 409, 422},
    ),
    Row(
        "undo_proposal_dismissal",
        SIGNED_IN,
        {200: "OPE OWN", 404: "fOW", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("proposal_id", build_dismissed_proposal),
        fuzz={200, 400, 404, 422},
    ),
    Row(
        "download_proposal",
        SIGNED_IN,
        {200: "OPE OWN ADM USE", 404: "fOW fAD fUS", 403: ELSE},
        unknown=404,
        call=about("proposal_id", build_sent_proposal),
        fuzz={200, 404, 422},
    ),
)
