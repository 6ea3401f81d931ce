"""What readers of proposals look for."""

import uuid

from pydantic import Field

from capecontrol.core.instant import Instant
from capecontrol.core.lists.list_filter import ListFilter, Words
from capecontrol.features.proposals.lifecycle import ProposalStatus


class ProposalFilter(ListFilter):
    """The filter of the list of proposals."""

    project_id: uuid.UUID | None = Field(default=None, description="Of this project.")
    org_id: uuid.UUID | None = Field(default=None, description="Of this organization.")
    status: ProposalStatus | None = Field(
        default=None, description="With this status. `SENT` leaves out proposals whose project is archived."
    )
    is_unpaid: bool = Field(
        default=False, alias="unpaid", description="Only proposals that were approved and can still be paid."
    )
    q: Words = Field(default=None, description="Words from the title, or an ID.")
    since: Instant | None = Field(default=None, alias="from", description="Created at or after this time.")
    until: Instant | None = Field(default=None, alias="to", description="Created before this time.")
