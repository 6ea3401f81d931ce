"""Answers about the audit log."""

import uuid
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

    kind: RecordKind = Field(description="What kind of record it is.")
    id: uuid.UUID = Field(description="The record's ID.")
    code: str = Field(
        description="The project's code, the project's code with the proposal's version, or the invoice number.",
        examples=["PRJ-2026-019 v2"],
    )
    title: str = Field(description="The record's current title.", examples=["Lead capture and follow-up"])

    @classmethod
    def of(cls, row: AuditEvent) -> "AuditedRecordOut | None":
        """Return the record of a row of the list; None for one that is about none, or whose record is gone."""
        if row.record_code is None:
            return None
        return cls.map_from(row, kind=row.record_kind, id=row.record_id, code=row.record_code, title=row.record_title)


class AuditEventOut(ResponseBody):
    """An entry of the audit log."""

    id: uuid.UUID = Field(description="The entry's ID.")
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
        description="What was done, in words, and to whose account or with which record.",
        examples=["Created project PRJ-2026-001"],
    )
    resource: str = Field(description="The object concerned: its type and ID.", examples=["project/0199f3a0-…"])
    resource_type: str = Field(description="The type of the object concerned.")
    resource_id: str | None = Field(description="The ID of the object concerned.")
    outcome: Annotated[Outcome, OpenEnum()] = Field(description="Whether the action succeeded, failed or was denied.")
    org_id: uuid.UUID | None = Field(description="The organization concerned; null if it concerns the platform.")
    organization: str | None = Field(
        description="The organization's current name; null if the entry concerns the platform.",
        examples=["Harbour Logistics"],
    )
    record: AuditedRecordOut | None = Field(
        description=(
            "The project, proposal or invoice concerned: the object itself, or else the invoice, proposal or project "
            "that `metadata` names, in this order. Null if there is none, or if that record no longer exists."
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
            title=_title(row, areas),
            resource=f"{row.resource_type}/{row.resource_id}" if row.resource_id else row.resource_type,
            record=AuditedRecordOut.of(row),
            metadata=row.details,
        )


def _title(row: AuditEvent, areas: AuditAreas) -> str:
    """Say what was done, and to whose account or with which record, where the area's own words do not."""
    title = areas.title(row.action, {**row.details, "record_kind": row.record_kind, "record_code": row.record_code})
    if row.subject_name is not None and row.resource_id != row.actor_id:
        return f"{title}: {row.subject_name}"
    return title if row.record_code is None or row.record_code in title else f"{title} ({row.record_code})"


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
