"""A kind of bulk operation: which things it finds, and what it does to each."""

import uuid
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from capecontrol.core.bulk.turn import BulkTurn
from capecontrol.core.lists.list_filter import ListFilter
from capecontrol.core.permissions import Permission
from capecontrol.core.work import UnitOfWork

F = TypeVar("F", bound=ListFilter)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkKind(Generic[F]):
    """One act that can be done to many things of a list.

    Attributes:
        name: ``<feature>.<verb>``. It is kept: operations carry it.
        permission: what the person must hold, from the beginning to the end.
        filter: that of the list.
        find: returns the ids that a filter finds, at most so many.
        name_of: returns what a person calls one of them; None where it is not there.
        act: does it to one, as the person would singly. A ``Problem`` that it raises is that thing's failure.
    """

    name: str
    permission: Permission
    filter: type[F]
    find: Callable[[UnitOfWork, F, int], Awaitable[list[uuid.UUID]]]
    name_of: Callable[[UnitOfWork, uuid.UUID], Awaitable[str | None]]
    act: Callable[[BulkTurn], Awaitable[None]]


class BulkKinds:
    """The kinds of all features."""

    def __init__(self, kinds: Iterable[BulkKind[Any]]) -> None:
        """Join them; a name may appear once."""
        by_name: dict[str, BulkKind[Any]] = {}
        for kind in kinds:
            if kind.name in by_name:
                raise ValueError(f"two kinds of bulk operations are named {kind.name}")
            by_name[kind.name] = kind
        self.by_name: Mapping[str, BulkKind[Any]] = by_name
