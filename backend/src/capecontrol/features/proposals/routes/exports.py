"""HTTP: the list of proposals as a file."""

from functools import partial
from typing import Annotated

from starlette.responses import Response

from capecontrol.core.http import Router
from capecontrol.core.http.export import CSV, Export, requires_export
from capecontrol.core.http.filtering import filtering
from capecontrol.core.http.paging import sorting
from capecontrol.features.proposals.dao.proposals import PROPOSALS
from capecontrol.features.proposals.export import PROPOSALS_CSV, proposals_part
from capecontrol.features.proposals.filters import ProposalFilter
from capecontrol.features.proposals.permissions import PROPOSALS_READ

#: Before what finds a proposal by its id, which an address of theirs would be taken for.
router = Router("proposals")


@router.get("/api/proposals/export.csv", operation_id="export_proposals", summary="Export proposals as CSV", **CSV)
async def export_proposals(
    export: Annotated[Export, requires_export(PROPOSALS_READ)],
    wanted: Annotated[ProposalFilter, filtering(ProposalFilter)],
    sort: Annotated[str, sorting(PROPOSALS)],
) -> Response:
    """Stream all versions that match the filters. Clients get their own, once sent."""
    return export.of_parts(PROPOSALS_CSV, sort, partial(proposals_part, sort=sort, wanted=wanted))
