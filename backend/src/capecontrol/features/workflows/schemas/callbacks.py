"""Bodies of callbacks."""

import uuid
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AwareDatetime, Field, field_validator

from capecontrol.core.http import Line, Paragraph, RequestBody, ResponseBody
from capecontrol.features.workflows.lifecycle import ExecutionStatus

#: A moment of a run. At the ends of the calendar an offset leads outside of it, and the driver fails on that.
RunMoment = Annotated[
    AwareDatetime, Field(strict=False, ge=datetime(1970, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))
]


class Callback(RequestBody):
    """What a workflow tells at its end."""

    execution_id: Annotated[Line, Field(min_length=1, max_length=100)]
    status: Annotated[ExecutionStatus, Field(strict=False)]
    started_at: RunMoment | None = None
    finished_at: RunMoment | None = None
    error_message: Annotated[Paragraph, Field(max_length=4000)] | None = None
    run_id: Annotated[Line, Field(max_length=200)] | None = None

    @field_validator("status", mode="before")
    @classmethod
    def _in_any_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("execution_id", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class CallbackReceipt(ResponseBody):
    """A callback that was taken."""

    execution_id: uuid.UUID = Field(description="Our id of the run.")
    is_duplicate: bool = Field(description="Whether this was known already.")
