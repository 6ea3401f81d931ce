"""Answers: records that were found."""

import uuid

from pydantic import Field

from capecontrol.core.http.body import Moment, ResponseBody
from capecontrol.core.http.refs import OrganizationRef
from capecontrol.core.record_search import FoundRecord, RecordKind


class FoundRecordOut(ResponseBody):
    """A project, proposal or invoice."""

    kind: RecordKind = Field(description="What kind of record it is.")
    id: uuid.UUID = Field(description="The record's ID.")
    title: str = Field(description="The record's title.", examples=["Lead capture and follow-up"])
    code: str = Field(
        description="The project's code, the project's code with the proposal's version, or the invoice number.",
        examples=["PRJ-2026-019 v2"],
    )
    status: str = Field(description="The record's status.", examples=["SENT"])
    organization: OrganizationRef = Field(description="The client's organization.")
    updated_at: Moment = Field(description="When the record was last changed.")

    @classmethod
    def of(cls, record: FoundRecord) -> "FoundRecordOut":
        """Return what is told of a record."""
        return cls(
            kind=record.kind,
            id=record.id,
            title=record.title,
            code=record.code if record.version is None else f"{record.code} v{record.version}",
            status=record.status,
            organization=OrganizationRef(id=record.org_id, name=record.organization),
            updated_at=record.updated_at,
        )


class FoundRecords(ResponseBody):
    """The records found, best matches first."""

    items: list[FoundRecordOut] = Field(description="The records, best matches first.")
