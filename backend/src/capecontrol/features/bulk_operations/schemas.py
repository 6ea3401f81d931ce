"""Bodies and answers about bulk operations."""

import uuid
from typing import Annotated

from pydantic import Field

from capecontrol.core.http import RequestBody, ResponseBody
from capecontrol.core.http.body import Line, Moment
from capecontrol.core.http.bulk_kind_name import BulkKindName
from capecontrol.features.bulk_operations.lifecycle import KEPT, BulkState, StopReason
from capecontrol.features.bulk_operations.models import BulkOperation

#: Things that are named one by one; whoever means more names a filter.
IDS_MAX = 1000

_Name = Annotated[Line, Field(min_length=1, max_length=50)]
_Value = Annotated[Line, Field(max_length=200)]


class NewBulkOperation(RequestBody):
    """What to do, and to what: either `ids` or `filter`."""

    kind: BulkKindName
    ids: Annotated[list[Annotated[uuid.UUID, Field(strict=False)]], Field(min_length=1, max_length=IDS_MAX)] | None = (
        Field(default=None, description="The items to change.")
    )
    filter: Annotated[dict[_Name, _Value], Field(max_length=20)] | None = Field(
        default=None,
        description="The query parameters of the items' list, as strings; `{}` for all. At most 10,000 may match.",
        examples=[{"status": "COMPLETED"}],
    )


class BulkErrorOut(ResponseBody):
    """An item that could not be changed, and why."""

    subject_id: uuid.UUID = Field(description="The item's ID.")
    name: str | None = Field(description="What it is called; null where it no longer exists.")
    reason: str = Field(description="Why it could not be changed, in words for people.")
    may_pass: bool = Field(default=False, description="Whether another attempt may succeed as things are.")


class BulkOperationOut(ResponseBody):
    """A bulk operation and its progress."""

    id: uuid.UUID = Field(description="The ID of the bulk operation.")
    kind: BulkKindName
    state: BulkState
    total: int = Field(description="How many items it changes.")
    succeeded: int = Field(description="How many were changed so far.")
    failed: int = Field(description="How many could not be changed so far.")
    errors: list[BulkErrorOut] = Field(description="The first 20 failures.")
    stop_reason: StopReason | None = Field(
        description="Why it ended as `FAILED`: who started it may no longer make this change, or signed out of all "
        "devices, or something went wrong on our side."
    )
    created_at: Moment = Field(description="When it was asked for.")
    started_at: Moment | None = Field(description="When the first item was taken up.")
    finished_at: Moment | None = Field(description="When it ended.")
    expires_at: Moment | None = Field(description="When it is deleted, 30 days after its end.")

    @classmethod
    def of(cls, row: BulkOperation) -> "BulkOperationOut":
        """Return the answer of a row."""
        expires_at = None if row.finished_at is None else row.finished_at + KEPT
        errors = [BulkErrorOut.model_validate(error) for error in row.errors]
        return cls.map_from(row, errors=errors, expires_at=expires_at)
