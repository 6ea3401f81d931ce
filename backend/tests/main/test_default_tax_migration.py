"""The upgrade to a default that a person marks: new lines start with the rate that they started with before."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from capecontrol.core.ids import new_id
from capecontrol.main.database.migration import Migrator
from tests.servers import MIGRATING

BEFORE, AFTER = "20261122_0340", "20261122_0350"
#: Rows are inserted as the release before did.
BUSINESS = """
insert into business (id, created_at, updated_at, revision, name, legal_name, address, tax_name, currency, timezone,
    number_format, date_format, default_terms, days_to_pay, accent, front_door)
values (:id, now(), now(), 1, 'Harbour', '', '', :tax_name, 'ZAR', 'Africa/Johannesburg', 'COMMA_POINT',
    'DAY_MONTH_YEAR', '', 14, '#006c94', '{}')
"""
RATE = "insert into tax_rates (id, created_at, name, rate, valid_from) values (:id, now(), :name, 15, :valid_from)"
SOON = datetime.now(UTC).date() + timedelta(days=30)


@pytest.mark.parametrize(
    ("tax_name", "rates", "marked"),
    [
        ("VAT", [("Levy", date(1990, 1, 1)), ("VAT", date(2018, 4, 1))], "VAT"),
        ("vat", [("VAT", date(2018, 4, 1)), ("Levy", date(2017, 1, 1))], "Levy"),
        ("BTW", [("VAT", date(2018, 4, 1)), ("VAT", date(1993, 4, 7)), ("Levy", date(2010, 1, 1))], "VAT"),
        ("VAT", [("VAT", SOON), ("Levy", date(2010, 1, 1))], "Levy"),
        ("VAT", [("VAT", SOON)], None),
        ("VAT", [], None),
    ],
    ids=["named", "another case", "began first", "named, but not begun", "none has begun", "no rate"],
)
async def test_what_counted_for_new_lines_is_marked(
    empty_database: str, tax_name: str, rates: list[tuple[str, date]], marked: str | None
) -> None:
    migrator = Migrator(empty_database)
    await migrator.migrate(MIGRATING, to=BEFORE)
    await _do(empty_database, BUSINESS, tax_name=tax_name)
    for name, valid_from in rates:
        await _do(empty_database, RATE, name=name, valid_from=valid_from)

    await migrator.migrate(MIGRATING, to=AFTER)

    assert await _default(empty_database) == marked
    # The release before goes on beside it, and comes back after it.
    await _do(empty_database, RATE, name="Late", valid_from=date(2026, 1, 1))
    await migrator.migrate(MIGRATING, to=BEFORE)
    await migrator.migrate(MIGRATING, to=AFTER)
    assert await _default(empty_database) == (marked or "Late")


async def _do(url: str, statement: str, **values: object) -> None:
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(text("set local role capecontrol_system"))
        await connection.execute(text(statement), {"id": new_id(), **values})
    await engine.dispose()


async def _default(url: str) -> object:
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(text("set local role capecontrol_system"))
        found: object = await connection.scalar(text("select default_tax from business"))
    await engine.dispose()
    return found
