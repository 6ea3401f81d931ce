"""Numbers without gaps or doubles: one counter row per kind and year, raised in the transaction that uses it."""

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import Base, TableAccess
from capecontrol.core.work import UnitOfWork

NEXT = """
insert into number_series (kind, year, next_value) values (:kind, :year, 2)
on conflict (kind, year) do update set next_value = number_series.next_value + 1
returning next_value - 1
"""


class NumberSeries(Base):
    """The next number of a kind of document in a year."""

    __tablename__ = "number_series"
    access: ClassVar[TableAccess] = TableAccess()

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    next_value: Mapped[int] = mapped_column(Integer)


def year_of(moment: datetime, timezone: ZoneInfo) -> int:
    """Return the year of a moment where the issuer is: 31 December 22:30 UTC is next year in Johannesburg."""
    return moment.astimezone(timezone).year


async def next_number(work: UnitOfWork, kind: str, year: int) -> int:
    """Return the next number of a kind in a year, from 1.

    Locks the counter until the transaction ends, so that a rolled-back document leaves no gap: take it last. Needs a
    platform scope: the counter is nobody's row.
    """
    number: int = (await work.session.execute(text(NEXT), {"kind": kind, "year": year})).scalar_one()
    return number
