"""Whose requests are counted together."""

from enum import StrEnum


class Subject(StrEnum):
    """Whose requests are counted together. A caller who has no such subject is not counted."""

    #: The address that the request came from: before all else.
    ADDRESS = "ADDRESS"
    #: The person who is signed in.
    ACTOR = "ACTOR"
    #: The key that an app shows.
    KEY = "KEY"
    #: The caller's organization.
    ORGANIZATION = "ORGANIZATION"
    #: The session that is renewed. No credential tells it: the route that renews counts it.
    SESSION = "SESSION"


#: Counted once it is known who calls.
BY_CALLER = frozenset({Subject.ACTOR, Subject.KEY, Subject.ORGANIZATION})
