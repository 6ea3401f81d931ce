"""The amounts of rows, which figures and lists add up."""

from dataclasses import dataclass

from sqlalchemy import SQLColumnExpression


@dataclass(frozen=True, slots=True)
class Amounts:
    """The columns of an amount of money: minor units, and their currency."""

    minor: SQLColumnExpression[int]
    currency: SQLColumnExpression[str]
