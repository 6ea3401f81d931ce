"""What readers of proposals look for."""

import uuid

from pydantic import Field

from capecontrol.core.instant import Instant
from capecontrol.core.lists.list_filter import ListFilter, Words
from capecontrol.features.proposals.lifecycle import ProposalStatus


class ProposalFilter(ListFilter):
    """The filter of the list of proposals."""

    project_id: uuid.UUID | None = None
    org_id: uuid.UUID | None = None
    status: ProposalStatus | None = None
    q: Words = Field(default=None, description="Words from the title, or an ID.")
    since: Instant | None = Field(default=None, alias="from", description="Created at or after this time.")
    until: Instant | None = Field(default=None, alias="to", description="Created before this time.")
