"""Answers about the audit log."""

import uuid
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from capecontrol.core.actor import ActorType
from capecontrol.core.audit import AuditArea, AuditAreas, Outcome
from capecontrol.core.http.body import Moment, ResponseBody
from capecontrol.core.http.open_enum import OpenEnum
from capecontrol.core.record_search import RecordKind
from capecontrol.features.audit.models import AuditEvent
from capecontrol.features.audit.people import actor_type


class AuditedRecordOut(ResponseBody):
    """The project, proposal or invoice that an entry of the audit log is about."""

    type: RecordKind = Field(description="What kind of record it is.")
    id: uuid.UUID = Field(description="The record's ID.")
    name: str = Field(
        description=(
            "What it is called today: a project by its code and title, a proposal by its project's code, its version "
            "and its title, an invoice by its number."
        ),
        examples=["PRJ-2026-019 v2, Lead capture and follow-up"],
    )

    @classmethod
    def of(cls, row: AuditEvent) -> "AuditedRecordOut | None":
        """Return the record of a row of the list; None for one that is about none, or whose record is gone."""
        if row.record_name is None:
            return None
        return cls.map_from(row, type=row.record_type, id=row.record_id, name=row.record_name)


class AuditEventOut(ResponseBody):
    """An entry of the audit log."""

    id: uuid.UUID = Field(description="The event's ID.")
    timestamp: Moment = Field(description="When it happened.")
    actor_id: str | None = Field(description="The ID of who did it: a person, or an app's key. Null for the system.")
    actor_type: Annotated[ActorType, OpenEnum()] = Field(description="What kind of actor did it.")
    actor: str = Field(
        description="The person's current name, or why the system acted. The ID if the account is gone.",
        examples=["Thandi Nkosi"],
    )
    actor_email: str | None = Field(
        description="The person's current e-mail address. Null for other actors, or if the account is gone.",
        examples=["thandi@harbour.example"],
    )
    subject: str | None = Field(
        description="The current name of the person whose account was acted on. Null for all else, or if it is gone.",
        examples=["Naledi Dlamini"],
    )
    subject_email: str | None = Field(
        description="The current e-mail address of that person.", examples=["naledi@harbour.example"]
    )
    action: str = Field(description="What was done, as a stable name.", examples=["project.created"])
    title: str = Field(
        description="What was done, in words that follow the actor.", examples=["Created project PRJ-2026-001"]
    )
    resource: str = Field(description="The object concerned: its type and ID.", examples=["project/0199f3a0-…"])
    resource_type: str = Field(description="The type of the object concerned.")
    resource_id: str | None = Field(description="The ID of the object concerned.")
    outcome: Annotated[Outcome, OpenEnum()] = Field(description="Whether the action succeeded, failed or was denied.")
    org_id: uuid.UUID | None = Field(description="The organization concerned; null if it concerns the platform.")
    organization: str | None = Field(
        description="The organization's current name; null if the event concerns the platform.",
        examples=["Harbour Logistics"],
    )
    record: AuditedRecordOut | None = Field(
        description=(
            "The project, proposal or invoice that was acted on, or that the object concerned belongs to. "
            "Null for all else, or if it is gone."
        )
    )
    ip_address: str | None = Field(description="The IP address that the request came from.")
    request_id: str | None = Field(description="The ID of the request.")
    metadata: dict[str, object] = Field(description="More details. They depend on the action.")

    @classmethod
    def of(cls, row: AuditEvent, areas: AuditAreas) -> "AuditEventOut":
        """Return the answer of a row of the list, worded by the areas."""
        kind = actor_type(row)
        name = row.person_name or row.person_email
        return cls.map_from(
            row,
            timestamp=row.occurred_at,
            actor_type=kind,
            actor=name or row.actor_label or row.actor_id or kind.capitalize(),
            actor_email=row.person_email,
            subject=row.subject_name,
            title=areas.title(row.action, {**row.details, **_number(row)}),
            resource=f"{row.resource_type}/{row.resource_id}" if row.resource_id else row.resource_type,
            record=AuditedRecordOut.of(row),
            metadata=row.details,
        )


def _number(row: AuditEvent) -> Mapping[str, str]:
    """Return how titles call the record of an event, ``PRJ-2026-007 v1``; nothing where it has none, or it is gone."""
    return {} if row.record_name is None else {"record_number": row.record_name.partition(", ")[0]}


class AuditedOrganizationOut(ResponseBody):
    """An organization that the audit log can be filtered by."""

    id: uuid.UUID = Field(description="The organization's ID.")
    name: str = Field(description="The organization's name.", examples=["Harbour Logistics"])
    domain: str = Field(description="The organization's unique slug.", examples=["harbour-logistics"])


class AuditedOrganizationsOut(ResponseBody):
    """Organizations that the audit log can be filtered by."""

    items: list[AuditedOrganizationOut] = Field(description="At most 50, by name.")


class AuditAreaOut(ResponseBody):
    """A group of audited actions."""

    action: str = Field(
        description="How the actions of this area begin. Use it as the filter `action`.", examples=["project."]
    )
    label: str = Field(description="The area's name.", examples=["Projects"])

    @classmethod
    def of(cls, area: AuditArea) -> "AuditAreaOut":
        """Return the answer of an area."""
        return cls(action=area.prefix, label=area.label)


class AuditAreasOut(ResponseBody):
    """The areas that the audit log can be filtered by."""

    items: list[AuditAreaOut] = Field(description="The areas.")
