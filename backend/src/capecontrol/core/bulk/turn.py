"""One thing's turn in a bulk operation: what the act on it is given."""

import uuid
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWork, Units


class BulkTurn(Protocol):
    """What an act on one thing needs. The actor of its units is the person who started the operation."""

    @property
    def subject_id(self) -> uuid.UUID:
        """Return the thing."""
        ...

    @property
    def units(self) -> Units:
        """Return units for an act in phases. Its result is counted after its last one, so it has to bear repetition."""
        ...

    @property
    def ports(self) -> Ports:
        """Return what reaches the outside."""
        ...

    def completing(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open the unit whose effects are committed together with the count: the act happens exactly once."""
        ...
