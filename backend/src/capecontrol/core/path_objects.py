"""What paths name: the objects behind the parameters of the API's addresses."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from capecontrol.core.dao import Dao


@dataclass(frozen=True, slots=True)
class PathObject:
    """A kind of object that a path names by its id.

    Attributes:
        parameter: the parameter of the path, such as ``project_id``; the same in all paths.
        kind: how the audit log calls it.
        dao: the queries of its table, which know the column of its owner.
    """

    parameter: str
    kind: str
    dao: type[Dao[Any]]


class PathObjects:
    """The objects of all features' paths."""

    def __init__(self, kinds: Iterable[PathObject]) -> None:
        """Take them; one parameter means the same in all paths."""
        self._by_parameter: dict[str, PathObject] = {}
        for kind in kinds:
            if kind.parameter in self._by_parameter:
                raise ValueError(f"two kinds of object are called {kind.parameter} in paths")
            self._by_parameter[kind.parameter] = kind

    def named_in(self, parameters: Mapping[str, str]) -> list[tuple[PathObject, uuid.UUID]]:
        """Return the objects that the parameters of a request's path name, from the outermost to the innermost."""
        named = []
        for name, text in parameters.items():
            kind = self._by_parameter.get(name)
            if kind is not None and (identifier := _uuid(text)) is not None:
                named.append((kind, identifier))
        return named

    def knows(self, parameter: str) -> bool:
        """Tell whether it is known what a parameter names."""
        return parameter in self._by_parameter


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
