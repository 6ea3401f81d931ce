"""The database of a process: an engine, and sessions that carry a scope into every transaction."""

from dataclasses import dataclass
from typing import Self

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, SessionTransaction

from capecontrol.core.db.scope import OrganizationScope, Scope, database_role

_SCOPE = "capecontrol.scope"


class ScopeMissing(RuntimeError):
    """A transaction began without a scope: a programming error, stopped before the first statement."""


class ScopedSession(Session):
    """A session whose every transaction, also one begun after a commit, takes on its scope's role first."""


@event.listens_for(ScopedSession, "after_begin")
def _take_on_scope(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    if transaction.nested:
        return
    scope: Scope | None = session.info.get(_SCOPE)
    if scope is None:
        raise ScopeMissing("a session was used without a scope")
    org_id = str(scope.org_id) if isinstance(scope, OrganizationScope) else ""
    # Local to the transaction (third argument), so the pool never hands a role or an organization on.
    connection.exec_driver_sql(
        "select set_config('role', $1, true), set_config('app.org_id', $2, true)", (database_role(scope), org_id)
    )


@dataclass(frozen=True, slots=True)
class PoolSize:
    """How many connections one process holds, and how long a caller waits for one."""

    size: int = 10
    overflow: int = 5
    timeout_seconds: float = 5.0


class Database:
    """An engine and its scoped sessions."""

    def __init__(self, url: str, pool: PoolSize | None = None, *, filters_by_scope: bool = True) -> None:
        """Open lazily.

        Args:
            url: ``postgresql+asyncpg://…``.
            pool: the connection budget of this process.
            filters_by_scope: whether DAOs add the organization to every query. Only the isolation tests switch it
                off, to prove that row-level security holds alone.
        """
        pool = pool or PoolSize()
        self.filters_by_scope = filters_by_scope
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=pool.size,
            max_overflow=pool.overflow,
            pool_timeout=pool.timeout_seconds,
            pool_pre_ping=True,
            # An error's text goes to the log, and parameters are people's data and hashes of secrets.
            hide_parameters=True,
            connect_args={"timeout": 5, "command_timeout": 30, "server_settings": {"application_name": "capecontrol"}},
        )
        self._sessions = async_sessionmaker(
            self.engine, class_=AsyncSession, sync_session_class=ScopedSession, expire_on_commit=False, autoflush=False
        )

    def session(self, scope: Scope) -> AsyncSession:
        """Return a new session bound to a scope."""
        session = self._sessions()
        session.sync_session.info[_SCOPE] = scope
        return session

    async def close(self) -> None:
        """Close the pool."""
        await self.engine.dispose()

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the pool."""
        await self.close()
