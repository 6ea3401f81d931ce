"""A list of a model's rows, as features describe theirs, and what is asked of it."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2s
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, SQLColumnExpression
from sqlalchemy.orm import InstrumentedAttribute

from capecontrol.core.db.base import Base
from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.db.word_search import WORDS, WordSearch
from capecontrol.core.ids import id_in
from capecontrol.core.lists.amounts import Amounts
from capecontrol.core.lists.list_order import ListOrder, SortKey
from capecontrol.core.lists.list_statements import IDENTIFIER, IS_WALK, OWNER, TOTAL, ListShape, ListStatements
from capecontrol.core.lists.pagination import TOTAL_MAX, PageQuery, Slice, sliced
from capecontrol.core.money import Money
from capecontrol.core.work import UnitOfWork

M = TypeVar("M", bound=Base)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A combination of filters, and the values of their parameters."""

    filters: frozenset[str]
    values: Mapping[str, object]


class PageRead(Generic[M]):
    """A list of a model's rows within the scope of a unit of work, by default newest first.

    ``filters`` are conditions by name; each names its parameter as itself (``status=Project.status ==
    bindparam("status")``), or has none of that name and is switched on and off. A page is asked for with values for
    some of them: None stands for a filter that is not applied. The rows are read as the model's objects are, and are no
    objects of a session: a list changes nothing.
    """

    def __init__(
        self,
        model: type[M],
        *conditions: SQLColumnExpression[bool],
        by: str = "created_at",
        sorts: Mapping[str, SortKey] | None = None,
        owner: str | None = "org_id",
        searches: Collection[str] = (),
        words: WordSearch | None = None,
        besides: Mapping[str, ColumnElement[Any]] | None = None,
        amounts: Amounts | None = None,
        **filters: ColumnElement[bool],
    ) -> None:
        """Describe the list.

        Args:
            model: whose rows it has.
            conditions: what each of its rows fulfils.
            by: the time that sorts it unless something else is asked for, the newest first.
            sorts: by what else it may be sorted: columns or expressions that are never null, or several of them. An
                index has them with the id behind them, and one with the owner before them.
            owner: the column that tells the owner; None for a table that belongs to the platform.
            searches: those filters that no index answers. What fulfils them is counted by itself and only when the page
                does not tell it: who counts with the rows goes through everything twice to find a few.
            words: the tokens in which ``q`` is looked for; an id finds its record. What ``q`` finds is not counted.
            besides: what else a row of a page has, by the class variable that the model declares for it; what it names
                are parameters of filters. What words find has none.
            amounts: what is added up for who asks for the sums of the list.
            filters: what it may be narrowed by.
        """
        self.model = model
        self._owner = owner
        self._searches = frozenset(searches)
        self._has_words = words is not None
        self._amounts = amounts
        #: The time that sorts it by default.
        self.by: InstrumentedAttribute[Any] = getattr(model, by)
        self._statements = ListStatements(
            model,
            conditions,
            {by: self.by, **(sorts or {})},
            owner=owner,
            words=words,
            besides=besides or {},
            filters=filters,
        )
        #: All orders that may be asked for, and the one that it has unless another is.
        self.sorts, self.sort = tuple(self._statements.orders), f"-{by}"

    async def page(self, work: UnitOfWork, query: PageQuery, **wanted: object) -> Slice[M]:
        """Return a page: one statement, or two where the number of rows in all is told neither with them nor by them.

        Args:
            work: the unit of work; in an organization's scope the list is that organization's.
            query: which page.
            wanted: values of filters, and of what else their conditions name.

        Raises:
            TypeError: there is no such filter.
            Invalid: the cursor is of another list.
        """
        asked, order = self.wanted(work, wanted), self.order(query.sort)
        is_counted = query.is_counted and not asked.filters & {WORDS, IDENTIFIER}
        values = dict(asked.values)
        digest = _digest(query.asked, work)
        if query.cursor is not None:
            values |= order.place(query.cursor, digest)
        shape = ListShape(
            asked.filters,
            order.name,
            query.cursor is not None,
            is_counted and not asked.filters & self._searches,
            self._reach(asked, query.offset + query.limit),
        )
        statement = self._statements.rows(shape)
        found = await statement.all(work.transaction, **values, page_offset=query.offset, page_limit=query.limit + 1)

        async def count() -> int:
            if found and shape.is_counted:
                return int(getattr(found[0], TOTAL))
            return await self._statements.count(asked.filters).one(work.transaction, **asked.values)

        page = await sliced(found, query, count if is_counted else None, lambda row: order.cursor(row, digest))
        if not shape.reach or page.next_cursor or (found and not getattr(found[0], IS_WALK)):
            return page
        # Asked on the last page of a walk only: a full one has what it looked for.
        return replace(page, search_capped=await self._statements.stop(shape).one(work.transaction, **values))

    async def sums(self, work: UnitOfWork, **wanted: object) -> list[Money] | None:
        """Return what the amounts of all rows come to, by currency; None where more match than are counted.

        Args:
            work: the unit of work; in an organization's scope the list is that organization's.
            wanted: values of filters. What words find is not counted, and not added up.

        Raises:
            TypeError: there is no such filter, or the list has no amounts.
        """
        if self._amounts is None:
            raise TypeError(f"a list of {self.model.__name__} has no amounts")
        asked = self.wanted(work, wanted)
        if WORDS in asked.filters:
            return None
        sums = await self._statements.sums(asked.filters, self._amounts).all(work.transaction, **asked.values)
        if sum(one.count for one in sums) > TOTAL_MAX:
            return None
        return [Money(int(one.minor), one.currency) for one in sums]

    async def ids(self, work: UnitOfWork, limit: int, **wanted: object) -> list[uuid.UUID]:
        """Return the ids of the first rows that filters find, in the list's own order.

        Args:
            work: the unit of work; in an organization's scope the list is that organization's.
            limit: how many at most.
            wanted: values of filters, and of what else their conditions name.

        Raises:
            TypeError: there is no such filter.
        """
        asked = self.wanted(work, wanted)
        statement = self._statements.ids(ListShape(asked.filters, self.sort, reach=self._reach(asked, limit)))
        return await statement.all(work.transaction, **asked.values, page_offset=0, page_limit=limit)

    def order(self, sort: str | None) -> ListOrder:
        """Return an order by its name; the list's own where none is named."""
        return self._statements.orders[sort or self.sort]

    def conditions(self, filters: frozenset[str]) -> list[SQLColumnExpression[bool]]:
        """Return what the rows fulfil under some filters."""
        return self._statements.conditions(filters)

    def wanted(self, work: UnitOfWork, wanted: Mapping[str, object]) -> Wanted:
        """Return the filters that are applied, by their names, and the values of their parameters.

        Raises:
            TypeError: there is no such filter.
        """
        known, parameters, switches = (
            self._statements.filters, self._statements.parameters, self._statements.switches,
        )  # fmt: skip
        if strange := wanted.keys() - known - parameters:
            raise TypeError(f"a list of {self.model.__name__} has no filter {', '.join(sorted(strange))}")
        given = {name: value for name, value in wanted.items() if value is not None}
        if self._has_words and WORDS in given and (identifier := id_in(str(given[WORDS]))) is not None:
            del given[WORDS]
            given[IDENTIFIER] = identifier
        filters = {name for name in given.keys() & known if name not in switches or given[name]}
        values = {name: given[name] for name in given.keys() & parameters}
        if isinstance(work.scope, OrganizationScope) and work.filters_by_scope and self._owner:
            filters.add(OWNER)
            values[OWNER] = work.scope.org_id
        return Wanted(frozenset(filters), values)

    def _reach(self, asked: Wanted, rows: int) -> int:
        """Return how many rows a search reads, or a little more: a power of two, so that few texts of it do.

        PostgreSQL has to see in the text that they are few. For a limit that it is given it plans to read a tenth of
        all, and sorts them.
        """
        return 1 << rows.bit_length() if self._has_words and WORDS in asked.filters else 0


def _digest(asked: str, work: UnitOfWork) -> str:
    """Return what a cursor keeps of the list that it belongs to, and whose that is."""
    owner = work.scope.org_id if isinstance(work.scope, OrganizationScope) else None
    return blake2s(f"{owner} {asked}".encode(), digest_size=6).hexdigest()
