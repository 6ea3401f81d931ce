"""What readers of organizations look for."""

from pydantic import Field

from capecontrol.core.lists.list_filter import ListFilter, Words
from capecontrol.features.organizations.models import OrganizationStatus, Plan


class OrganizationFilter(ListFilter):
    """The filter of the list of organizations."""

    status: OrganizationStatus | None = Field(default=None, description="With this status.")
    plan: Plan | None = Field(default=None, description="On this plan.")
    q: Words = Field(default=None, description="Words from the name or the domain, or an ID.")
