"""Queries of the changes."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    DateTime,
    Integer,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    cast,
    column,
    func,
    or_,
    select,
)

from capecontrol.core.changes.model import Change
from capecontrol.core.dao import Dao
from capecontrol.core.db.columns_for import columns_for
from capecontrol.core.db.constant import constant
from capecontrol.core.db.enum_text import EnumText
from capecontrol.core.db.prepared_statement import PreparedStatement
from capecontrol.core.db.transaction_id import TransactionId
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.core.work import UnitOfWork
from capecontrol.features.identity.interface import HeldSession, SessionEnd, sessions_to_join
from capecontrol.features.live.bounds import READ_MAX
from capecontrol.features.live.hearing import NotedChange
from capecontrol.features.live.position import Position


@dataclass(frozen=True, slots=True)
class EndedSession:
    """A session that does not hold any more, and why."""

    session_id: uuid.UUID
    end: SessionEnd


class ChangeDao(Dao[Change]):
    """Changes within the scope."""

    model = Change

    async def snapshot(self) -> str:
        """Return this statement's snapshot, in PostgreSQL's words. Asked with others together it is theirs, too."""
        return await _SNAPSHOT.one(self.work.transaction)

    async def after(self, position: Position) -> list[NotedChange]:
        """Return what was committed since, in the order of the acts: one more than ``READ_MAX`` where there is more."""
        running = [str(one) for one in sorted(position.running)]
        return await _AFTER.all(self.work, xmax=str(position.xmax), running=running)

    async def since(self, moment: datetime) -> list[NotedChange]:
        """Return what was noted from a moment on, in the order of the acts, with the same bound."""
        return await _SINCE.all(self.work, moment=moment)


async def ended_sessions(work: UnitOfWork, held: Iterable[HeldSession]) -> list[EndedSession]:
    """Return those of the held sessions that do not hold any more. Needs a scope that sees all: they are anybody's.

    All in one statement, however many there are; what still holds comes back as no row.
    """
    sessions = list(held)
    return await _ENDED.all(
        work.transaction,
        sessions=[one.session_id for one in sessions],
        roles=[str(one.role) for one in sessions],
        versions=[one.token_version for one in sessions],
        now=work.now(),
    )


def _noted(condition: ColumnElement[bool]) -> ScopedRead[NotedChange]:
    columns = columns_for(
        NotedChange,
        transaction_id=cast(Change.transaction_id, Text),
        org_id=Change.org_id,
        topic=Change.topic,
        subject_id=Change.subject_id,
        project_id=Change.project_id,
        is_for_clients=Change.is_for_clients,
    )
    statement = select(*columns).where(condition).order_by(Change.id).limit(constant(READ_MAX + 1))
    return ScopedRead(statement, NotedChange.read, owner=Change.org_id)


def _ended() -> PreparedStatement[EndedSession]:
    held = (
        func.unnest(
            bindparam("sessions", type_=ARRAY(Uuid)),
            bindparam("roles", type_=ARRAY(Text)),
            bindparam("versions", type_=ARRAY(Integer)),
        )
        .table_valued(column("id", Uuid), column("role", Text), column("version", Integer), name="held")
        .render_derived()
    )
    session = sessions_to_join(bindparam("now", type_=DateTime(timezone=True)))
    is_same = and_(session.c.role == held.c.role, session.c.token_version == held.c.version)
    # A session that is not there any more has no end of its own.
    end = case(
        (session.c.id.is_(None), constant(SessionEnd.SIGNED_OUT)),
        else_=func.coalesce(session.c.end, constant(SessionEnd.CHANGED)),
    )
    columns = columns_for(EndedSession, session_id=held.c.id, end=cast(end, EnumText(SessionEnd)))
    joined = select(*columns).select_from(held).outerjoin(session, session.c.id == held.c.id)
    return PreparedStatement(joined.where(or_(session.c.end.is_not(None), is_same.is_not(True))), EndedSession)


_ENDED = _ended()
_SNAPSHOT = PreparedStatement(select(cast(func.pg_current_snapshot(), Text)), str)
_AFTER = _noted(
    or_(
        Change.transaction_id >= cast(bindparam("xmax", type_=Text), TransactionId),
        Change.transaction_id == any_(cast(bindparam("running", type_=ARRAY(Text)), ARRAY(TransactionId))),
    )
)
_SINCE = _noted(Change.created_at >= bindparam("moment"))
