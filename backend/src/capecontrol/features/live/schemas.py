"""What a stream's events hold."""

import uuid
from typing import Annotated, Literal

from pydantic import Field

from capecontrol.core.changes.topic import Topic
from capecontrol.core.http import ResponseBody
from capecontrol.core.http.open_enum import OpenEnum
from capecontrol.features.identity.interface import SessionEnd
from capecontrol.features.live.event import EventKind


class LiveChangeOut(ResponseBody):
    """A change to an object. It doesn't contain the object."""

    topic: Annotated[Topic, OpenEnum()] = Field(description="What kind of object changed.")
    id: uuid.UUID | None = Field(description="The ID of the changed object; null if it could be any.")
    project_id: uuid.UUID | None = Field(description="The project that it belongs to, if any.")


class LiveChangesEvent(ResponseBody):
    """Objects changed. Ask for what you show of them again."""

    event: Literal[EventKind.CHANGES] = Field(description="The name of the event.")
    changes: list[LiveChangeOut] = Field(description="What changed.")


class LiveResyncEvent(ResponseBody):
    """Anything may have changed. Ask for everything that you show again."""

    event: Literal[EventKind.RESYNC] = Field(description="The name of the event.")


class LiveEndEvent(ResponseBody):
    """The last event of a stream that can't go on."""

    event: Literal[EventKind.END] = Field(description="The name of the event.")
    reason: Annotated[SessionEnd | Literal["REPLACED"], OpenEnum()] = Field(
        description="Why it ended: what happened to the session, or REPLACED by a newer stream of the same person."
    )


#: The data of an event: which one it is, it says itself.
LiveEvent = Annotated[LiveChangesEvent | LiveResyncEvent | LiveEndEvent, Field(discriminator="event")]
