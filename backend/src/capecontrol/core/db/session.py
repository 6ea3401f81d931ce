"""Sessions of objects, and when their rows were made and changed: by the clock of their unit of work.

Rows that a session holds are stamped as they are flushed, so that an action need not say it; those that a transaction
inserts last when they are handed over; conditional updates by ``Dao.update_where``. A statement that inserts past all
of these (``on conflict``) says both times itself. A time that a row was given stays.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import Session, UOWTransaction
from sqlalchemy.orm.attributes import instance_state

from capecontrol.core.db.base import CreatedAt, Timestamps

_NOW = "capecontrol.now"


class StampedSession(Session):
    """A session that stamps its rows."""


def open_session(connection: AsyncConnection, now: Callable[[], datetime]) -> AsyncSession:
    """Return a session on a connection whose transaction was begun, with the clock by which its rows are stamped."""
    return AsyncSession(
        connection, sync_session_class=StampedSession, expire_on_commit=False, autoflush=False, info={_NOW: now}
    )


def stamp_new(row: object, now: datetime) -> None:
    """Say when a row is made, unless it says so itself."""
    if isinstance(row, CreatedAt) and row.created_at is None:
        row.created_at = now
    if isinstance(row, Timestamps) and row.updated_at is None:
        row.updated_at = now


@event.listens_for(StampedSession, "before_flush")
def _stamp(session: Session, context: UOWTransaction, instances: object) -> None:
    del context, instances
    now: datetime = session.info[_NOW]()
    for row in session.new:
        stamp_new(row, now)
    for row in session.dirty:
        if isinstance(row, Timestamps) and _changed(row) - row.bookkeeping:
            row.updated_at = now


def _changed(row: Timestamps) -> set[str]:
    return {attribute.key for attribute in instance_state(row).attrs if attribute.history.has_changes()}
