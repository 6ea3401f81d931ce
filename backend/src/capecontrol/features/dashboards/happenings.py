"""The latest audit events, told on a dashboard."""

from collections.abc import Mapping
from uuid import UUID

from capecontrol.features.audit.interface import ActivityFacts
from capecontrol.features.dashboards.schemas import Happening, OrganizationLabel
from capecontrol.features.projects.interface import tell


def happening(facts: ActivityFacts, organizations: Mapping[UUID, OrganizationLabel] | None = None) -> Happening:
    """Return an event in words, with the page that shows more."""
    told = tell(facts)
    return Happening(
        id=facts.id,
        at=facts.occurred_at,
        title=told.title,
        detail=told.detail,
        actor=told.actor,
        link=_link(facts),
        organization=(organizations or {}).get(facts.org_id) if facts.org_id else None,
    )


def _link(facts: ActivityFacts) -> str | None:
    if facts.resource_type == "proposal":
        return f"/proposals/{facts.resource_id}"
    if facts.resource_type == "invoice":
        return f"/invoices/{facts.resource_id}"
    project_id = facts.resource_id if facts.resource_type == "project" else facts.details.get("project_id")
    return f"/projects/{project_id}" if project_id else None
