"""Answers: records that were found."""

import uuid

from pydantic import Field

from capecontrol.core.http.body import Moment, ResponseBody
from capecontrol.core.http.refs import OrganizationRef
from capecontrol.core.record_search import FoundRecord, RecordKind


class FoundRecordOut(ResponseBody):
    """A project, a proposal or an invoice."""

    kind: RecordKind
    id: uuid.UUID
    title: str = Field(examples=["Lead capture and follow-up"])
    code: str = Field(
        description="A project's code, a proposal's project and version, an invoice's number.",
        examples=["PRJ-2026-019 v2"],
    )
    status: str = Field(examples=["SENT"])
    organization: OrganizationRef | None
    updated_at: Moment

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
    """Records that were found, the best first."""

    items: list[FoundRecordOut]
