"""Answers about the audit log."""

import uuid
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from capecontrol.core.actor import ActorType
from capecontrol.core.audit import AuditArea, Outcome
from capecontrol.core.http.body import Moment, ResponseBody
from capecontrol.core.http.open_enum import OpenEnum
from capecontrol.features.audit.models import AuditEvent
from capecontrol.features.audit.people import actor_type
from capecontrol.features.identity.interface import PersonSummary


class AuditEventOut(ResponseBody):
    """One act."""

    id: uuid.UUID
    timestamp: Moment
    actor_id: str | None
    actor_type: Annotated[ActorType, OpenEnum()]
    actor: str = Field(
        description="A person's name as it is now, their id when they are gone; of the system the reason of the act.",
        examples=["Thandi Nkosi"],
    )
    actor_email: str | None = Field(
        description="A person's address as it is now: names are not unique. Null when they are gone, and for others.",
        examples=["thandi@harbour.example"],
    )
    action: str = Field(examples=["project.created"])
    resource: str = Field(description="Type and id.", examples=["project/0199f3a0-…"])
    resource_type: str
    resource_id: str | None
    outcome: Annotated[Outcome, OpenEnum()]
    org_id: uuid.UUID | None
    ip_address: str | None
    request_id: str | None
    metadata: dict[str, object]

    @classmethod
    def of(cls, row: AuditEvent, people: Mapping[str, PersonSummary]) -> "AuditEventOut":
        """Return the answer of a row, with the people who acted by their ids."""
        kind = actor_type(row)
        person = people.get(row.actor_id) if row.actor_id else None
        name = (person.full_name or person.email) if person else None
        return cls.map_from(
            row,
            timestamp=row.occurred_at,
            actor_type=kind,
            actor=name or row.actor_label or row.actor_id or kind.capitalize(),
            actor_email=person.email if person else None,
            resource=f"{row.resource_type}/{row.resource_id}" if row.resource_id else row.resource_type,
            metadata=row.details,
        )


class AuditAreaOut(ResponseBody):
    """A group of actions."""

    action: str = Field(description="How its actions begin: a value for the filter `action`.", examples=["project."])
    label: str = Field(examples=["Projects"])

    @classmethod
    def of(cls, area: AuditArea) -> "AuditAreaOut":
        """Return the answer of an area."""
        return cls(action=area.prefix, label=area.label)


class AuditAreasOut(ResponseBody):
    """What the log can be filtered by."""

    items: list[AuditAreaOut]
