"""What readers of the audit log look for."""

import uuid

from pydantic import Field

from capecontrol.core.audit import Outcome
from capecontrol.core.instant import Instant
from capecontrol.core.lists.list_filter import ListFilter, Words


class AuditFilter(ListFilter):
    """The filter of the audit log."""

    q: Words = Field(default=None, description="Part of an action or an actor, or the ID of a resource or request.")
    actor: str | None = Field(
        default=None, max_length=254, description="The ID of an actor, or part of a name or e-mail address."
    )
    action: str | None = Field(
        default=None, max_length=100, description="The beginning of the action, such as `project.`."
    )
    resource_type: str | None = Field(default=None, max_length=60)
    resource_id: str | None = Field(default=None, max_length=100)
    outcome: Outcome | None = None
    org_id: uuid.UUID | None = None
    since: Instant | None = Field(default=None, alias="from", description="At or after this time.")
    until: Instant | None = Field(default=None, alias="to", description="Before this time.")
