"""Bodies of what a client decides."""

import uuid
from typing import Annotated

from pydantic import Field

from capecontrol.core.http import Line, Paragraph, RequestBody, ResponseBody

Note = Annotated[Paragraph, Field(min_length=1, max_length=2_000)]


class Approval(RequestBody):
    """A client's consent."""

    content_hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        default=None, description="The `content_hash` of what you were looking at; another text answers 409."
    )
    name: Annotated[Line, Field(min_length=1, max_length=200)] | None = Field(
        default=None, description="The name that was typed as consent."
    )


class ChangeRequest(RequestBody):
    """What the client wants to be different."""

    message: Note


class Decline(RequestBody):
    """A client's no."""

    reason: Note | None = None


class NextVersion(ResponseBody):
    """The version that follows."""

    next_id: uuid.UUID
