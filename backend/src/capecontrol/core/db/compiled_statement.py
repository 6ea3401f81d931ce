"""Statements as the driver takes them: compiled once, with their parameters by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, Select
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

Conversion = Callable[[Any], Any]
#: What returns rows.
Rows = Select[Any] | CompoundSelect[Any] | ReturningInsert[Any] | ReturningUpdate[Any]


@dataclass(frozen=True, slots=True)
class CompiledStatement:
    """A statement's text, and how its parameters and columns are converted."""

    text: str
    parameters: tuple[tuple[str, Conversion | None], ...]
    constants: Mapping[str, object]
    #: What is to be given.
    names: frozenset[str]
    #: By the place of their column, for those columns that have one.
    conversions: tuple[tuple[int, Conversion], ...]

    def values(self, given: Mapping[str, object]) -> list[object]:
        """Return the values of the parameters in their order, as the driver takes them.

        Raises:
            TypeError: the parameters are not those of the statement. One too many is a condition that was forgotten.
        """
        if given.keys() != self.names:
            raise TypeError(f"the statement takes {sorted(self.names)}, not {sorted(given)}")
        known = {**self.constants, **given}
        return [known[name] if conversion is None else conversion(known[name]) for name, conversion in self.parameters]


def compiled(statement: Rows, dialect: Dialect, *, remark: str = "") -> CompiledStatement:
    """Return a statement as the driver takes it; a remark makes its text another one."""
    text = statement.compile(dialect=dialect)
    return CompiledStatement(
        text=f"{text} -- {remark}" if remark else str(text),
        parameters=tuple(
            (name, text.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in text.positiontup or ()
        ),
        names=frozenset(name for name, bind in text.binds.items() if bind.required),
        constants={name: bind.value for name, bind in text.binds.items() if not bind.required},
        conversions=tuple(
            (place, convert)
            for place, column in enumerate(statement.exported_columns)
            if (convert := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
        ),
    )
