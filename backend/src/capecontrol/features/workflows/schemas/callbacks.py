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

    execution_id: Annotated[Line, Field(min_length=1, max_length=100)] = Field(description="The run's ID in n8n.")
    status: Annotated[ExecutionStatus, Field(strict=False)] = Field(description="How the run ended.")
    started_at: RunMoment | None = Field(default=None, description="When the run started.")
    finished_at: RunMoment | None = Field(default=None, description="When the run ended.")
    error_message: Annotated[Paragraph, Field(max_length=4000)] | None = Field(
        default=None, description="Why the run failed."
    )
    run_id: Annotated[Line, Field(max_length=200)] | None = Field(
        default=None, description="The run's ID in CapeControl, as the workflow received it."
    )

    @field_validator("status", mode="before")
    @classmethod
    def _in_any_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("execution_id", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class CallbackReceipt(ResponseBody):
    """The confirmation of a callback."""

    execution_id: uuid.UUID = Field(description="The run's ID in CapeControl.")
    is_duplicate: bool = Field(description="Whether the callback told nothing new, so that nothing was recorded.")
