"""When rows were made and changed: by the clock of their unit of work, so that an action need not say it.

Rows that a session holds are stamped here as they are flushed; conditional updates by ``Dao.update_where``. A statement
that inserts past the session (``on conflict``) says both times itself. A time that a row was given stays.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, UOWTransaction
from sqlalchemy.orm.attributes import instance_state

from capecontrol.core.db.base import CreatedAt, Timestamps
from capecontrol.core.db.database import ScopedSession

_NOW = "capecontrol.now"


def stamp_by(session: AsyncSession, now: Callable[[], datetime]) -> None:
    """Give a session the clock by which its rows are stamped."""
    session.sync_session.info[_NOW] = now


@event.listens_for(ScopedSession, "before_flush")
def _stamp(session: Session, context: UOWTransaction, instances: object) -> None:
    del context, instances
    now: datetime = session.info[_NOW]()
    for row in session.new:
        if isinstance(row, CreatedAt) and row.created_at is None:
            row.created_at = now
        if isinstance(row, Timestamps) and row.updated_at is None:
            row.updated_at = now
    for row in session.dirty:
        if isinstance(row, Timestamps) and _changed(row) - row.bookkeeping:
            row.updated_at = now


def _changed(row: Timestamps) -> set[str]:
    return {attribute.key for attribute in instance_state(row).attrs if attribute.history.has_changes()}
