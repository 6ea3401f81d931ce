"""The processes of an installation, as they describe themselves while they live."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from pydantic import BaseModel, ConfigDict

#: A process that has shown no sign of life for so long counts as gone.
SILENCE_SECONDS = 15.0


class ProcessKind(StrEnum):
    """What a process does."""

    API = "api"
    WORKER = "worker"
    SCHEDULER = "scheduler"


class Places(BaseModel):
    """How many messages of a lane a worker delivers at a time, and how many it has under way."""

    model_config = ConfigDict(frozen=True)

    busy: int
    total: int


class ProcessReport(BaseModel):
    """What a process says of itself every few seconds. Other releases may know more members, or fewer."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: str
    host: str
    pid: int
    version: str
    commit: str
    started_at: datetime
    #: The longest time since the last report that something which was due on the event loop had to wait.
    loop_lag_ms: float = 0.0
    #: By how much its clock is ahead of Redis's; negative when it is behind.
    clock_ahead_seconds: float = 0.0
    #: Connections to the database: lent out now, and how many there may be.
    pool_in_use: int = 0
    pool_size: int = 0
    #: A worker's, by lane.
    places: Mapping[str, Places] = {}
    #: How long ago it was heard, on the clock of Redis. The reader fills it in.
    silent_seconds: float = 0.0

    @property
    def is_alive(self) -> bool:
        """Tell whether it has been heard lately."""
        return self.silent_seconds < SILENCE_SECONDS


class ProcessDirectory(Protocol):
    """Knows the processes that live, and for a while those that fell silent without a word."""

    async def processes(self) -> Sequence[ProcessReport] | None:
        """Return them by kind and start, or None where nobody can tell, since Redis does not answer."""
        ...
