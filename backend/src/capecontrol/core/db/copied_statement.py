"""Statements whose rows PostgreSQL writes as CSV itself: a tenth of what it costs to make rows of them here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Select, Text, bindparam, cast, func, literal_column, select, true

from capecontrol.core.db.compiled_statement import CompiledStatement, compiled
from capecontrol.core.db.transaction import Transaction

_END, _QUOTE, _CRLF = b"\n", b'"', b"\r\n"
#: What the compiler writes where a value comes; a cast may stand behind it.
_PLACEHOLDER = re.compile(r"\$([0-9]+)")


@dataclass(frozen=True, slots=True)
class Copied:
    """What a statement returned: ``lines`` of CSV, None where they were more than was to be kept."""

    lines: bytes | None
    rows: int
    size: int


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement that reads its values from the transaction's settings, and the one that sets them."""

    text: str
    setting: CompiledStatement | None


class CopiedStatement:
    """A SELECT with named parameters (``bindparam``), whose rows come as lines of CSV (RFC 4180).

    COPY takes no parameters. A value that stood in its text would stand in PostgreSQL's log of slow statements, too, so
    that values are settings of the transaction, which the statement reads.
    """

    def __init__(self, statement: Select[tuple[object, ...]]) -> None:
        """Take the statement; each of its columns is written as PostgreSQL writes it."""
        self._statement = statement
        self._compiled: _Compiled | None = None

    async def lines(
        self, transaction: Transaction, parameters: Mapping[str, object], *, bytes_max: int | None = None
    ) -> Copied:
        """Return the lines. The scope's role and organization hold as for any SELECT.

        Args:
            transaction: where it is asked.
            parameters: the values by name. None has no place among them: a setting has no null.
            bytes_max: how much is kept; where there is more, the lines are None.

        Raises:
            DatabaseAway: the connection broke.
            TypeError: the parameters are not those of the statement.
        """
        if self._compiled is None:
            self._compiled = self._compile(transaction)
        if self._compiled.setting is not None:
            await transaction.fetch(self._compiled.setting.text, self._compiled.setting.values(parameters))
        elif parameters:
            raise TypeError(f"the statement takes no {', '.join(sorted(parameters))}")
        written, rows, size = await transaction.copy(self._compiled.text, bytes_max)
        return Copied(None if written is None else _with_crlf(written, rows), rows, size)

    def _compile(self, transaction: Transaction) -> _Compiled:
        dialect = transaction.dialect
        reading = self._statement.compile(dialect=dialect)
        binds = [reading.binds[name] for name in reading.positiontup or ()]

        def read(found: re.Match[str]) -> str:
            bind = binds[int(found[1]) - 1]
            if not bind.required:
                # A word of ours, which the plan may depend on.
                return str(reading.render_literal_value(bind.value, bind.type))
            return f"current_setting({_setting(bind.key)})"

        given = {bind.key: bind.type for bind in binds if bind.required}
        settings = (
            func.set_config(literal_column(_setting(key)), cast(bindparam(key, type_=kind), Text), true())
            for key, kind in given.items()
        )
        return _Compiled(_PLACEHOLDER.sub(read, str(reading)), compiled(select(*settings), dialect) if given else None)


def _setting(key: str) -> str:
    return f"'copied.{key}'"


def _with_crlf(written: bytes, rows: int) -> bytes:
    """Return lines that end as those of CSV do. PostgreSQL ends them as Unix does; a text may have lines of its own."""
    if written.count(_END) == rows:
        return written.replace(_END, _CRLF)
    # Behind an odd number of quotation marks a line's end is a text's own; a doubled mark changes nothing. They are
    # counted and not parted by: a text of thousands of marks would become as many objects.
    told, begin, is_quoted = bytearray(), 0, False
    while (end := written.find(_END, begin)) >= 0:
        is_quoted ^= written.count(_QUOTE, begin, end) % 2 == 1
        told += written[begin:end] + (_END if is_quoted else _CRLF)
        begin = end + 1
    return bytes(told)
