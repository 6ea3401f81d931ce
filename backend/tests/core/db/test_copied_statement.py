"""A part of a file costs about what it holds, whatever stands in its texts."""

import csv
import io
import tracemalloc
import uuid
from datetime import UTC, datetime

import pytest
from sqlalchemy import Integer, Text, bindparam, cast, func, literal, select

from capecontrol.core.db.copied_statement import CopiedStatement
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.work import UnitOfWorkFactory
from tests.people import SYSTEM

ROWS = 200
MARKS = 3_999


async def test_quotation_marks_by_the_thousand_cost_no_more_than_other_text(factory: UnitOfWorkFactory) -> None:
    text = bindparam("text", type_=Text)
    statement = CopiedStatement(select(text).select_from(func.generate_series(1, ROWS)))
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        tracemalloc.start()
        try:
            copied = await statement.lines(work.transaction, {"text": '"' * MARKS + "\n"})
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    lines = copied.lines or b""
    assert copied.rows == ROWS
    # Each mark is doubled; marks around it, its own line's end, and that of the row.
    assert lines == (b'"' + b'""' * MARKS + b'\n"\r\n') * ROWS
    assert most < 8 * len(lines)


async def test_what_is_more_than_was_asked_for_is_not_kept(factory: UnitOfWorkFactory) -> None:
    """Eighty megabytes, of which none are wanted; the transaction goes on."""
    text = func.repeat("x", bindparam("length", type_=Integer))
    statement = CopiedStatement(select(text).select_from(func.generate_series(1, 10_000)))
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        tracemalloc.start()
        try:
            copied = await statement.lines(work.transaction, {"length": 8_000}, bytes_max=1_000_000)
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert (await statement.lines(work.transaction, {"length": 1})).rows == 10_000
    assert (copied.lines, copied.rows, copied.size) == (None, 10_000, 10_000 * 8_001)
    assert most < 4_000_000


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("project's \\ $1 %s", "project's \\ $1 %s"),
        ("", ""),
        ("\u00e9\U0001f600", "\u00e9\U0001f600"),
        (uuid.UUID(int=7), str(uuid.UUID(int=7))),
        (datetime(2026, 11, 22, 9, 30, 0, 123456, UTC), "2026-11-22 09:30:00.123456+00"),
        (2**40, "1099511627776"),
        (True, "true"),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_a_value_comes_as_it_was_given_and_stands_nowhere_in_the_statement(
    value: object, written: str, factory: UnitOfWorkFactory
) -> None:
    """What stands in a statement stands in PostgreSQL's log of slow statements, too."""
    given = bindparam("given", type_=literal(value).type)
    statement = CopiedStatement(select(cast(given, Text), func.current_query(type_=Text)))
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        copied = await statement.lines(work.transaction, {"given": value})
    [[cell, asked]] = csv.reader(io.StringIO((copied.lines or b"").decode(), newline=""))
    assert cell == written
    assert "COPY" in asked
    assert not written or written not in asked
