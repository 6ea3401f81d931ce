"""What a stream's events hold."""

import uuid
from typing import Annotated

from pydantic import Field

from capecontrol.core.changes.topic import Topic
from capecontrol.core.http import ResponseBody
from capecontrol.core.http.open_enum import OpenEnum


class LiveChangeOut(ResponseBody):
    """A change to an object. It doesn't contain the object."""

    topic: Annotated[Topic, OpenEnum()] = Field(description="What kind of object changed.")
    id: uuid.UUID | None = Field(description="The ID of the changed object; null if it could be any.")
    project_id: uuid.UUID | None = Field(description="The project that it belongs to, if any.")


class LiveChangesOut(ResponseBody):
    """The data of a `changes` event."""

    changes: list[LiveChangeOut] = Field(description="What changed.")
