"""Figures: what features count and sum up, read for a page in one round trip."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    Text,
    cast,
    func,
    literal_column,
    null,
    select,
)

from capecontrol.core.lists.amounts import Amounts
from capecontrol.core.money import Money
from capecontrol.core.scoped_read import Owned, Part, ScopedUnion
from capecontrol.core.work import UnitOfWork


class Figure:
    """How many rows fulfil some conditions, and what they come to."""

    def __init__(
        self, *conditions: ColumnElement[bool], owner: SQLColumnExpression[Any], amounts: Amounts | None = None
    ) -> None:
        """Take the conditions, the column that tells whose a row is, and what is summed up, if anything is."""
        self._conditions = conditions
        self._owner = owner
        self._amounts = amounts

    def select(self, place: int, owned: Owned) -> Select[Any]:
        """Return the SELECT of its sums within a scope, one a currency, marked with a place among others."""
        mark = literal_column(str(place), Integer)
        conditions = (*self._conditions, *owned(self._owner))
        if self._amounts is None:
            return select(mark, cast(null(), Text), func.count(), cast(null(), BigInteger)).where(*conditions)
        minor, currency = self._amounts.minor, self._amounts.currency
        return select(mark, currency, func.count(), func.sum(minor)).where(*conditions).group_by(currency)


@dataclass(frozen=True, slots=True)
class CurrencySum:
    """How many there are in one currency, and what they come to."""

    count: int
    money: Money


@dataclass(frozen=True, slots=True)
class _Row:
    place: int
    currency: str | None
    count: int
    #: A sum of whole numbers is no whole number to the driver.
    amount: Any


class Figures:
    """Figures as they were read, by name."""

    def __init__(self, names: list[str], rows: list[_Row]) -> None:
        """Take the names in their places, and what was read."""
        self._rows = {name: [row for row in rows if row.place == place] for place, name in enumerate(names)}

    @property
    def names(self) -> list[str]:
        """Return the names, in their places."""
        return list(self._rows)

    def count(self, name: str) -> int:
        """Return how many there are, in whatever currency."""
        return sum(row.count for row in self._rows[name])

    def sums(self, name: str) -> list[CurrencySum]:
        """Return what there is in each currency, by currency."""
        sums = [
            CurrencySum(row.count, Money(int(row.amount), row.currency)) for row in self._rows[name] if row.currency
        ]
        return sorted(sums, key=lambda one: one.money.currency)

    def money(self, name: str) -> list[Money]:
        """Return what it comes to in each currency, by currency."""
        return [one.money for one in self.sums(name)]


class FiguresRead(ScopedUnion[_Row]):
    """Figures under names of their reader's, one prepared statement for all of them."""

    def __init__(self, **figures: Figure) -> None:
        """Take the figures."""
        super().__init__(*(_part(place, figure) for place, figure in enumerate(figures.values())), row=_Row)
        self._names = list(figures)

    async def read(self, work: UnitOfWork, **parameters: object) -> Figures:
        """Return the figures of the scope."""
        return Figures(self._names, await self.all(work, **parameters))


def _part(place: int, figure: Figure) -> Part:
    return lambda owned: figure.select(place, owned)
