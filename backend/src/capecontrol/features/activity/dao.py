"""Queries of the activity."""

from collections import namedtuple
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ARRAY, Integer, Select, Text, any_, bindparam, func, select

from capecontrol.core.activity import Visibility
from capecontrol.core.audit import Outcome
from capecontrol.core.dao import Dao
from capecontrol.core.db.base import columns_of
from capecontrol.core.db.prepared_read import constant
from capecontrol.core.pagination import PageQuery, Slice
from capecontrol.core.permissions import Realm
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.features.activity.models import ActivityEntry


class ActivityDao(Dao[ActivityEntry]):
    """Entries within the scope. Anyone but staff sees only entries with visibility CLIENT."""

    model = ActivityEntry

    async def of_subject(
        self, subject_type: str, subject_id: UUID, query: PageQuery, *, known: Collection[str], as_client: bool
    ) -> Slice[ActivityEntry]:
        """Return a page of what is told under a subject, newest first."""
        statement = self._told(known).where(
            ActivityEntry.subject_type == subject_type, ActivityEntry.subject_id == subject_id
        )
        if as_client:
            statement = _only_for_clients(statement, known)
        return await self.page(statement, query, by="occurred_at")

    async def latest(self, limit: int, *, known: Collection[str]) -> list[ActivityEntry]:
        """Return the newest entries of what ended well; they are no objects of a session."""
        if self._is_told_all:
            return await _LATEST.all(self.work, rows=limit)
        return await _LATEST_FOR_CLIENTS.all(self.work, rows=limit, known=list(known))

    async def carry_over(self, since: datetime) -> int:
        """Add the entries of acts that a release without activity recorded in the audit log; return how many."""
        added: int = (await self.session.execute(select(func.app.carry_over_activity(since)))).scalar_one()
        return added

    def _told(self, known: Collection[str]) -> Select[tuple[ActivityEntry]]:
        statement = self.select()
        return statement if self._is_told_all else _only_for_clients(statement, known)

    @property
    def _is_told_all(self) -> bool:
        return self.work.actor.realm is Realm.ADMIN


def _only_for_clients(statement: Select[tuple[ActivityEntry]], known: Collection[str]) -> Select[tuple[ActivityEntry]]:
    return statement.where(ActivityEntry.visibility == Visibility.CLIENT, ActivityEntry.kind.in_(known))


_ROW = cast("Callable[..., ActivityEntry]", namedtuple("ActivityEntryRow", columns_of(ActivityEntry)))


def _latest() -> Select[Any]:
    newest = select(*columns_of(ActivityEntry).values()).where(ActivityEntry.outcome == constant(Outcome.SUCCESS))
    newest = newest.order_by(ActivityEntry.occurred_at.desc(), ActivityEntry.id.desc())
    return newest.limit(bindparam("rows", type_=Integer))


_LATEST = ScopedRead(_latest(), _ROW, owner=ActivityEntry.org_id)
_LATEST_FOR_CLIENTS = ScopedRead(
    _latest().where(
        ActivityEntry.visibility == constant(Visibility.CLIENT),
        ActivityEntry.kind == any_(bindparam("known", type_=ARRAY(Text))),
    ),
    _ROW,
    owner=ActivityEntry.org_id,
)
