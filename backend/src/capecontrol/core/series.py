"""Numbers without gaps or doubles: one counter row per kind and year, raised in the transaction that uses it."""

from typing import ClassVar

from sqlalchemy import Integer, ScalarSelect, Text, bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import Base, TableAccess
from capecontrol.core.db.prepared_statement import PreparedStatement
from capecontrol.core.work import UnitOfWork


class NumberSeries(Base):
    """The next number of a kind of document in a year."""

    __tablename__ = "number_series"
    access: ClassVar[TableAccess] = TableAccess()

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    next_value: Mapped[int] = mapped_column(Integer)


def number_to_take() -> ScalarSelect[int]:
    """Return the next number of a ``kind`` in a ``year``, from 1, as a value of the statement that inserts what has it.

    The statement locks the counter until the transaction ends, so that a rolled-back document leaves no gap: it should
    be the act's last. Needs a platform scope: the counter is nobody's row.
    """
    taken = (
        insert(NumberSeries)
        .values(kind=bindparam("kind"), year=bindparam("year"), next_value=2)
        .on_conflict_do_update(
            index_elements=[NumberSeries.kind, NumberSeries.year], set_={"next_value": NumberSeries.next_value + 1}
        )
        .returning((NumberSeries.next_value - 1).label("number"))
        .cte("taken")
    )
    return select(taken.c.number).scalar_subquery()


_NEXT = PreparedStatement(select(number_to_take()), int)


async def next_number(work: UnitOfWork, kind: str, year: int) -> int:
    """Take the next number of a kind in a year, for what has to know it before it is inserted."""
    return await _NEXT.one(work.transaction, kind=kind, year=year)
