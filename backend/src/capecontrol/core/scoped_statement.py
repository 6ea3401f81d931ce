"""Prepared statements within the scope of a unit of work."""

from typing import Generic, TypeVar

from capecontrol.core.db.prepared_statement import PreparedStatement
from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.work import UnitOfWork

R = TypeVar("R")


class ScopedStatement(Generic[R]):
    """A statement that names the organization in an organization's scope, as every query of a DAO does."""

    def __init__(self, everywhere: PreparedStatement[R], owned: PreparedStatement[R]) -> None:
        """Take the statement, and the same with the condition that the owner is ``owner_id``."""
        self._everywhere = everywhere
        self._owned = owned

    async def one(self, work: UnitOfWork, **parameters: object) -> R | None:
        """Return the first row, or None."""
        rows = await self.all(work, **parameters)
        return rows[0] if rows else None

    async def all(self, work: UnitOfWork, **parameters: object) -> list[R]:
        """Return all rows (bounded by the statement's own limit)."""
        if isinstance(work.scope, OrganizationScope) and work.filters_by_scope:
            return await self._owned.all(work.transaction, owner_id=work.scope.org_id, **parameters)
        return await self._everywhere.all(work.transaction, **parameters)
