"""How many streams there may be, and for how long."""

from dataclasses import dataclass
from datetime import timedelta

#: For so long a reader may be away and take up again where it was. Notes are kept a little longer
#: (``core.forget_changes``): what was noted when it left may have been committed a while later.
RESUMABLE = timedelta(hours=1)
#: A page asks for its data before its stream begins: what changed in between it hears as well.
BEFORE_BEGIN = timedelta(seconds=15)
#: Notes that are read at once. Whoever missed more asks for everything again, which is less.
READ_MAX = 2000


@dataclass(frozen=True, slots=True)
class LiveBounds:
    """The bounds of a process's streams.

    Attributes:
        streams_max: how many the process serves.
        per_organization_max: how many of them for the people of one organization.
        per_person_max: how many of one person's it serves; the oldest gives way.
        life_seconds: how long a stream lives at most. Most live a little shorter, so that those that began together do
            not end together.
        beat_seconds: how long a stream is silent before it shows that it lives.
        look_seconds: how often changes and sessions are looked at.
        queue_max: how many events wait for a slow reader, before it is told to ask for everything again instead.
    """

    streams_max: int = 2000
    per_organization_max: int = 500
    per_person_max: int = 6
    life_seconds: float = 3600
    beat_seconds: float = 15
    look_seconds: float = 1
    queue_max: int = 100
