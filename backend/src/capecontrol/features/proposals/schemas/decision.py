"""Bodies of what a client decides."""

import uuid
from typing import Annotated

from pydantic import Field

from capecontrol.core.http import Line, Paragraph, RequestBody, ResponseBody

Note = Annotated[Paragraph, Field(min_length=1, max_length=2_000)]


class Approval(RequestBody):
    """The client's approval."""

    content_hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        default=None,
        description="The `content_hash` of the version that the client read. If it differs, the answer is 409.",
    )
    name: Annotated[Line, Field(min_length=1, max_length=200)] | None = Field(
        default=None, description="The name that the client typed to approve."
    )


class ChangeRequest(RequestBody):
    """The changes that the client asks for."""

    message: Note = Field(description="What the client would like to be changed.")


class Decline(RequestBody):
    """The client's refusal."""

    reason: Note | None = Field(default=None, description="Why the client declines.")


class NextVersion(ResponseBody):
    """The next version of a proposal."""

    next_id: uuid.UUID = Field(description="The ID of the next version, a draft with the same content.")
