"""Statements whose rows PostgreSQL writes as CSV itself: a tenth of what it costs to make rows of them here."""

from sqlalchemy import Select

from capecontrol.core.db.compiled_statement import CompiledStatement, compiled
from capecontrol.core.db.transaction import Transaction

_END, _QUOTE, _CRLF = b"\n", b'"', b"\r\n"


class CopiedStatement:
    """A SELECT with named parameters (``bindparam``), whose rows come as lines of CSV (RFC 4180)."""

    def __init__(self, statement: Select[tuple[object, ...]]) -> None:
        """Take the statement; each of its columns is written as PostgreSQL writes it."""
        self._statement = statement
        self._compiled: CompiledStatement | None = None

    async def lines(self, transaction: Transaction, **parameters: object) -> tuple[bytes, int]:
        """Return the lines, and how many rows they are. The scope's role and organization hold as for any SELECT.

        Raises:
            DatabaseAway: the connection broke.
            TypeError: the parameters are not those of the statement.
        """
        if self._compiled is None:
            self._compiled = compiled(self._statement, transaction.connection.dialect)
        written, rows = await transaction.copy(self._compiled.text, self._compiled.values(parameters))
        return _with_crlf(written, rows), rows


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
