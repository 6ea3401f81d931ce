"""What readers of projects look for."""

import uuid

from pydantic import Field

from capecontrol.core.instant import Instant
from capecontrol.core.lists.list_filter import ListFilter, Words
from capecontrol.features.projects.lifecycle import ProjectStatus


class ProjectFilter(ListFilter):
    """The filter of the list of projects."""

    status: ProjectStatus | None = Field(default=None, description="With this status.")
    org_id: uuid.UUID | None = Field(default=None, description="Of this organization.")
    since: Instant | None = Field(default=None, alias="from", description="Created at or after this time.")
    until: Instant | None = Field(default=None, alias="to", description="Created before this time.")
    q: Words = Field(default=None, description="Words from the title or the code, or an ID.")
