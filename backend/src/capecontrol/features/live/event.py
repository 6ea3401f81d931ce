"""What is sent down a stream: events as browsers read them, each with the place at which it leaves its reader."""

import json
from collections.abc import Sequence
from enum import StrEnum

from capecontrol.features.live.hearing import NotedChange
from capecontrol.features.live.position import Position


class EventKind(StrEnum):
    """The kinds of events."""

    #: Things changed: which, and nothing of what they are now.
    CHANGES = "changes"
    #: More happened than can be told: whatever is shown may be old.
    RESYNC = "resync"
    #: The session does not hold any more, or another page took this one's place.
    END = "end"


def changes_event(position: Position, changes: Sequence[NotedChange]) -> bytes:
    """Return the event that tells of changes; all of one look are one event, which arrives as a whole or not at all."""
    told = [
        {
            "topic": change.topic,
            "id": None if change.subject_id is None else str(change.subject_id),
            "project_id": None if change.project_id is None else str(change.project_id),
        }
        for change in changes
    ]
    return _event(EventKind.CHANGES, position, changes=told)


def resync_event(position: Position) -> bytes:
    """Return the event after which a page asks for everything again."""
    return _event(EventKind.RESYNC, position)


def end_event(reason: str) -> bytes:
    """Return the last event of a stream that may not go on."""
    return _event(EventKind.END, None, reason=reason)


def beat(position: Position) -> bytes:
    """Return the sign of life of a stream on which nothing happens. It moves the reader on, and tells nothing."""
    return f": {position.taken_at:%H:%M:%S}\nid: {position}\n\n".encode()


def pause(milliseconds: int) -> bytes:
    """Return the word on how long to wait before coming again."""
    return f"retry: {milliseconds}\n\n".encode()


def _event(kind: EventKind, position: Position | None, **members: object) -> bytes:
    """Write an event. Its data repeats its name: a generated client hands on the data alone."""
    place = "" if position is None else f"id: {position}\n"
    data = json.dumps({"event": kind, **members}, separators=(",", ":"))
    return f"{place}event: {kind}\ndata: {data}\n\n".encode()
