"""The filter of the list of proposals, as a request says it."""

import uuid
from typing import Annotated

from fastapi import Query

from capecontrol.core.http.instant import Instant
from capecontrol.features.proposals.dao import ProposalFilter
from capecontrol.features.proposals.lifecycle import ProposalStatus


async def proposal_filter(
    project_id: Annotated[uuid.UUID | None, Query()] = None,
    org_id: Annotated[uuid.UUID | None, Query()] = None,
    status: Annotated[ProposalStatus | None, Query()] = None,
    q: Annotated[str | None, Query(max_length=200, description="Words from the title, or an ID.")] = None,
    since: Annotated[Instant | None, Query(alias="from", description="Created at or after this time.")] = None,
    until: Annotated[Instant | None, Query(alias="to", description="Created before this time.")] = None,
) -> ProposalFilter:
    """Read the filter from the query."""
    return ProposalFilter(project_id, org_id, status, q, since, until)
