"""What readers of the audit log look for."""

import uuid

from pydantic import Field

from capecontrol.core.audit import Outcome
from capecontrol.core.instant import Instant
from capecontrol.core.lists.list_filter import ListFilter, Words


class AuditedOrganizationFilter(ListFilter):
    """What finds an organization to filter the audit log by."""

    q: Words = Field(default=None, description="Words from the name or the domain, or an ID.")


class AuditFilter(ListFilter):
    """The filter of the audit log."""

    id: uuid.UUID | None = Field(default=None, description="The ID of an entry.")
    q: Words = Field(
        default=None,
        description=(
            "Part of an action, of the reason why the system acted, or of the name or e-mail address of the person who "
            "acted or whose account was affected; or a complete IP address, or a complete ID: of an entry, "
            "organization, actor, resource or request, or of the project, proposal or invoice concerned."
        ),
    )
    actor: str | None = Field(
        default=None, max_length=254, description="The ID of an actor, or part of a name or e-mail address."
    )
    action: str | None = Field(
        default=None, max_length=100, description="The beginning of the action, such as `project.`."
    )
    exclude_action: str | None = Field(
        default=None, max_length=100, description="Leave out this action, such as `session.renewed`."
    )
    resource_type: str | None = Field(
        default=None, max_length=60, description="The kind of resource, such as `proposal`."
    )
    resource_id: str | None = Field(default=None, max_length=100, description="The ID of the resource.")
    outcome: Outcome | None = Field(default=None, description="With this outcome.")
    org_id: uuid.UUID | None = Field(default=None, description="Of this organization.")
    since: Instant | None = Field(default=None, alias="from", description="At or after this time.")
    until: Instant | None = Field(default=None, alias="to", description="Before this time.")
