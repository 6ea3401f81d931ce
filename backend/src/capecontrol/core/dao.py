"""The base of all DAOs: every query of a feature, made for one scope."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, Update, bindparam, delete, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from capecontrol.core.db.base import Base, Timestamps, columns_of
from capecontrol.core.db.found_by import found_by
from capecontrol.core.db.model_row import model_row
from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.problems import require
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.core.work import UnitOfWork

M = TypeVar("M", bound=Base)

UNIQUE_VIOLATION = "23505"


class KeyTaken(Exception):
    """A unique key of an inserted row is another row's. The transaction is lost: go on in a new one, or not at all."""


class Dao(Generic[M]):
    """Queries of one table within the scope of a unit of work.

    In an organization's scope each query names the organization; row-level security stands behind it. There is no
    way to make a DAO without a unit of work, and no unit of work without a scope.
    """

    model: type[M]
    #: The column that tells the owner; ``None`` for a table that belongs to the platform.
    owner: ClassVar[str | None] = "org_id"
    #: What a row fulfils that is shown to those who do not see all; ``None`` where everybody in the scope sees all.
    shown: ClassVar[ColumnElement[bool] | None] = None

    def __init__(self, work: UnitOfWork) -> None:
        """Bind to a unit of work."""
        self.work = work

    def __init_subclass__(cls) -> None:
        """Refuse a DAO that says what is shown and not who sees all: everybody would.

        Raises:
            TypeError: it does.
        """
        super().__init_subclass__()
        if cls.shown is not None and cls.sees_all is Dao.sees_all:
            raise TypeError(f"{cls.__name__} does not say who sees all")

    @property
    def session(self) -> AsyncSession:
        """Return the session of the unit of work."""
        return self.work.session

    @property
    def sees_all(self) -> bool:
        """Tell whether the actor sees rows that are not ``shown``, too."""
        return True

    def within_scope(self) -> list[ColumnElement[bool]]:
        """Return the conditions that keep a statement inside the scope."""
        scope = self.work.scope
        if self.owner is None or not isinstance(scope, OrganizationScope) or not self.work.filters_by_scope:
            return []
        return [self._column(self.owner) == scope.org_id]

    def owned(self) -> list[ColumnElement[bool]]:
        """Return the conditions that keep a statement inside the scope, and to what the actor sees there."""
        if self.shown is None or self.sees_all:
            return self.within_scope()
        return [*self.within_scope(), self.shown]

    def select(self) -> Select[tuple[M]]:
        """Return a SELECT of the table, inside the scope."""
        return select(self.model).where(*self.owned())

    async def look(self, identifier: uuid.UUID) -> M:
        """Return a row by id to whoever only reads it: it is no object of the session, and nobody changes it.

        Raises:
            NotFound: nothing is there, or it is another's: the two answers are identical.
        """
        kind = type(self), self.sees_all
        read = _READS.get(kind) or _READS.setdefault(kind, _by_id(*kind))
        row: M = require(await read.one(self.work, id=identifier))
        return row

    async def get(self, identifier: uuid.UUID, *, lock: bool = False) -> M | None:
        """Return a row by id, or None when it is not there or not in the scope.

        A locked one is as it is by then: it may have been read before, and have waited for somebody else's change.
        """
        statement = self.select().where(self._column("id") == identifier)
        locked = statement.with_for_update().execution_options(populate_existing=True)
        return await self.one(locked if lock else statement)

    async def require(self, identifier: uuid.UUID, *, lock: bool = False) -> M:
        """Return a row by id.

        Raises:
            NotFound: nothing is there, or it is another's: the two answers are identical.
        """
        return require(await self.get(identifier, lock=lock))

    async def owners(self, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
        """Return the organizations that own rows, by the rows' ids; what is not there or the platform's is missing."""
        if self.owner is None:
            return {}
        owner = self._column(self.owner)
        statement = select(self._column("id"), owner).where(*self.owned(), self._column("id").in_(ids))
        rows = (await self.session.execute(statement.where(owner.is_not(None)))).tuples()
        return dict(rows.all())

    async def one(self, statement: Select[tuple[M]]) -> M | None:
        """Return the only row of a statement, or None."""
        return (await self.session.execute(statement)).scalar_one_or_none()

    async def all(self, statement: Select[tuple[M]]) -> list[M]:
        """Return all rows of a statement (bounded by its own limit)."""
        return list((await self.session.execute(statement)).scalars())

    async def add(self, row: M) -> M:
        """Insert a row at once: features meet by id, so the ORM cannot sort their inserts for us.

        Raises:
            KeyTaken: another row has one of its unique keys.
        """
        self.session.add(row)
        try:
            await self.session.flush()
        except IntegrityError as error:
            if getattr(error.orig, "sqlstate", None) == UNIQUE_VIOLATION:
                raise KeyTaken(self.model.__tablename__) from error
            raise
        return row

    def add_last(self, row: M) -> None:
        """Insert a row with the transaction's last statement: nothing in the transaction finds it before.

        Its id must be given. That another row has one of its unique keys comes out when the transaction commits.
        """
        self.work.transaction.insert_last(row)

    async def update_where(self, *conditions: ColumnElement[bool], **values: object) -> int:
        """Change the rows that still fulfil the conditions, and return how many did.

        The way to decide a race: of two callers that expect the same status, one gets 1 and the other 0. ``updated_at``
        is set where the table has it and more than bookkeeping changes.
        """
        statement = self._update(conditions, values).returning(self._column("id"))
        return len((await self.session.execute(statement)).all())

    async def revise(self, *conditions: ColumnElement[bool], **values: object) -> int:
        """Change rows as ``update_where`` does, and raise their revision: what people edit is another one now."""
        return await self.update_where(*conditions, **values, revision=self._column("revision") + 1)

    async def revise_row(self, row: M, *conditions: ColumnElement[bool], **values: object) -> bool:
        """Revise one row if it still fulfils the conditions, and tell whether it did; the object is then as the row is.

        One that did not is left as it was read.
        """
        (identifier,) = inspect(row).identity or (None,)
        values = {**values, "revision": self._column("revision") + 1}
        statement = self._update((self._column("id") == identifier, *conditions), values).returning(self.model)
        found = await self.session.execute(statement, execution_options={"populate_existing": True})
        return found.scalar_one_or_none() is not None

    async def delete_first(self, *conditions: ColumnElement[bool], by: SQLColumnExpression[Any], limit: int) -> int:
        """Delete the first rows that fulfil the conditions, in an order; return how many there were.

        Rows that somebody holds are left for the next time.

        Args:
            conditions: what they fulfil.
            by: their order; with an index of it, what is deleted is found at once.
            limit: at most so many.
        """
        found = select(self._column("id")).where(*self.owned(), *conditions).order_by(by).limit(limit)
        gone = delete(self.model).where(found_by(self._column("id"), found.with_for_update(skip_locked=True)))
        statement = gone.returning(self._column("id")).execution_options(synchronize_session=False)
        return len((await self.session.execute(statement)).all())

    def _update(self, conditions: Iterable[ColumnElement[bool]], values: Mapping[str, object]) -> Update:
        if issubclass(self.model, Timestamps) and values.keys() - self.model.bookkeeping:
            values = {"updated_at": self.work.now(), **values}
        statement = update(self.model).where(*self.owned(), *conditions).values(**values)
        return statement.execution_options(synchronize_session=False)

    def _column(self, name: str) -> InstrumentedAttribute[Any]:
        column: InstrumentedAttribute[Any] = getattr(self.model, name)
        return column


#: The prepared reads of DAOs that were asked for, for whoever sees all and for others.
_READS: dict[tuple[type[Dao[Any]], bool], ScopedRead[Any]] = {}


def _by_id(dao: type[Dao[Any]], sees_all: bool) -> ScopedRead[Any]:
    """Return the prepared read of a DAO's row by its id.

    Raises:
        TypeError: its table belongs to the platform, not to organizations.
    """
    if dao.owner is None:
        raise TypeError(f"{dao.__name__} has no owner")
    model: type[Base] = dao.model
    columns = columns_of(model)
    statement = select(*columns.values()).where(columns["id"] == bindparam("id"))
    if dao.shown is not None and not sees_all:
        statement = statement.where(dao.shown)
    return ScopedRead(statement, model_row(model), owner=getattr(model, dao.owner))
