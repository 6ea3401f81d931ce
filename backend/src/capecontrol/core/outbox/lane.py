"""Lanes: what waits for the same outside travels together, so that nothing waits for another's outside."""

from enum import StrEnum
from typing import Self


class Lane(StrEnum):
    """A way of its own through relay, queue and worker. Messages of a full lane hold up no other lane.

    The names are kept: rows carry them.
    """

    #: What moves money, and the documents that prove it.
    MONEY = "money"
    #: Letters to people.
    MAIL = "mail"
    #: What waits for an automation engine, which may be silent for as long as its deadline allows.
    ENGINE = "engine"
    #: The slots of the schedule.
    JOBS = "jobs"
    #: What a person does to many things at once: it takes long, and nobody else shall wait for it.
    BULK = "bulk"
    #: What names no lane, and what names one that this release does not know.
    DEFAULT = "default"

    @classmethod
    def named(cls, name: str) -> Self:
        """Return a lane by the name that a row carries; the default one, where only another release knows it."""
        try:
            return cls(name)
        except ValueError:
            return cls("default")
