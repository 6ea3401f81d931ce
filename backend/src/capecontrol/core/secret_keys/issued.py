"""What leaves the platform signed with a key: no database can be asked whether some of it is still valid."""

from dataclasses import dataclass
from datetime import timedelta

from capecontrol.core.rings.ring import RingName


@dataclass(frozen=True, slots=True)
class Issued:
    """Something that is signed with a ring's key and handed out: no key is retired within its lifetime."""

    ring: RingName
    lifetime: timedelta
