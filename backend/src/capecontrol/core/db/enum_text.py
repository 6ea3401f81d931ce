"""Columns of enumerations: text in the database, members in the code."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

E = TypeVar("E", bound=StrEnum)


class EnumText(TypeDecorator[E], Generic[E]):
    """The members of an enumeration, kept as their values.

    Text and not PostgreSQL's own enum type: a CHECK is easier to widen, and a release that adds a member can be rolled
    back. A value that the enumeration lacks (a later release wrote it) is read as a stranger: of the enumeration's
    type, equal to its own text and to no member, so that one row does not take a whole list down. Code that asks for
    the members it knows is thereby closed to it; code must not ask what a value is not (ADR 0019).
    """

    impl = Text
    cache_ok = True

    def __init__(self, members: type[E]) -> None:
        """Take the enumeration."""
        super().__init__()
        self.members = members
        self._by_value = {member.value: member for member in members}

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """Return what the database keeps."""
        del dialect
        return None if value is None else self.members(value).value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> E | None:
        """Return the member."""
        del dialect
        return self._read(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], E | None]:
        """Return what reads a value, without the two calls that SQLAlchemy puts around it: a list has hundreds."""
        del dialect, coltype
        return self._read

    def _read(self, value: Any | None) -> E | None:
        if value is None:
            return None
        member = self._by_value.get(value)
        return _member_or_stranger(self.members, value) if member is None else member


def _member_or_stranger(members: type[E], value: str) -> E:
    """Return the member that an enumeration takes for this spelling (``_missing_``), or a stranger."""
    try:
        return members(value)
    except ValueError:
        pass
    stranger = str.__new__(members, value)
    stranger._name_ = stranger._value_ = value
    return stranger
