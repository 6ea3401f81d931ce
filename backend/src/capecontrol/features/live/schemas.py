"""What a stream's events hold."""

import uuid
from typing import Annotated

from capecontrol.core.changes.topic import Topic
from capecontrol.core.http import ResponseBody
from capecontrol.core.http.open_enum import OpenEnum


class LiveChangeOut(ResponseBody):
    """Something changed: what, and nothing of how it is now."""

    topic: Annotated[Topic, OpenEnum()]
    id: uuid.UUID | None
    project_id: uuid.UUID | None


class LiveChangesOut(ResponseBody):
    """The data of a `changes` event."""

    changes: list[LiveChangeOut]
