"""A page of a list whose amounts are added up for who asks."""

from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import Field

from capecontrol.core.http.body import MoneyBody
from capecontrol.core.lists.pagination import Page
from capecontrol.core.money import Money

T = TypeVar("T")

#: The parameter that asks for the sums.
WithSums = Annotated[bool, Query(description="Set to true to get the totals of all items that match, by currency.")]


class SummedPage(Page[T], Generic[T]):
    """One page of a list, with what all its items come to."""

    sums: list[MoneyBody] | None = Field(
        default=None,
        description="The totals of all items that match, by currency, with `sums=true`; null without it, on a text "
        "search (`q`) and beyond 1,000 items.",
    )

    @classmethod
    def of(cls, page: Page[T], sums: Sequence[Money] | None) -> "SummedPage[T]":
        """Return a page with the sums of its list."""
        amounts = None if sums is None else [MoneyBody.from_money(money) for money in sums]
        return cls(**dict(page), sums=amounts)
