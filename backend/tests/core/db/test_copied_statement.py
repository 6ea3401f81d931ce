"""A part of a file costs about what it holds, whatever stands in its texts."""

import tracemalloc

from sqlalchemy import Text, bindparam, cast, func, select

from capecontrol.core.db.copied_statement import CopiedStatement
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.work import UnitOfWorkFactory
from tests.people import SYSTEM

ROWS = 200
MARKS = 3_999


async def test_quotation_marks_by_the_thousand_cost_no_more_than_other_text(factory: UnitOfWorkFactory) -> None:
    text = cast(bindparam("text"), Text)
    statement = CopiedStatement(select(text).select_from(func.generate_series(1, ROWS)))
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        tracemalloc.start()
        try:
            lines, rows = await statement.lines(work.transaction, text='"' * MARKS + "\n")
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert rows == ROWS
    # Each mark is doubled; marks around it, its own line's end, and that of the row.
    assert lines == (b'"' + b'""' * MARKS + b'\n"\r\n') * ROWS
    assert most < 8 * len(lines)
