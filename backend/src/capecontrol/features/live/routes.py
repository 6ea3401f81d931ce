"""HTTP: what changes while a page is open."""

from typing import Annotated

from fastapi import Header

from capecontrol.core.http import Router, authenticated, provided
from capecontrol.core.http.event_stream import EventStream
from capecontrol.core.work import Units
from capecontrol.features.live.errors import StreamsExhausted
from capecontrol.features.live.schemas import LiveEvent
from capecontrol.features.live.streams import LiveStreams

router = Router("live")

DESCRIPTION = """
One stream a browser. `changes` tells what changed, by topic and id, for the page to ask for it again: a member hears of
its organization, of what its permissions read; staff of all. `resync` says that everything may have changed. `end` says
that the session does not hold any more (`SIGNED_OUT`, `DISABLED`, `SUSPENDED`, `CHANGED`), or that the person opened
more streams than one may have (`REPLACED`). Send the last event's id as `Last-Event-ID` to go on without a gap, within
an hour. The data of each event is JSON and repeats the event's name in `event`.
"""


@router.get(
    "/api/live",
    operation_id="stream_changes",
    summary="Stream changes",
    description=DESCRIPTION.strip(),
    problems=[StreamsExhausted],
    response_class=EventStream,
    responses={
        200: {
            "description": "Events, until the session ends or an hour is over. The schema is that of an event's data.",
            "model": LiveEvent,
        }
    },
)
async def stream_changes(
    units: Annotated[Units, authenticated()],
    streams: Annotated[LiveStreams, provided(LiveStreams)],
    last_event_id: Annotated[
        str | None, Header(alias="Last-Event-ID", description="Where the last event left the reader.")
    ] = None,
) -> EventStream:
    """Return the stream."""
    stream = await streams.open(units, last_event_id)
    return EventStream(stream.events(), lambda: streams.close(stream))
