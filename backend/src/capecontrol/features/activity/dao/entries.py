"""Queries of the activity."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    SQLColumnExpression,
    Text,
    and_,
    any_,
    bindparam,
    func,
    select,
)

from capecontrol.core.activity import ActivityCatalog, Visibility
from capecontrol.core.dao import Dao
from capecontrol.core.db.base import columns_of
from capecontrol.core.db.constant import constant
from capecontrol.core.db.model_row import model_row
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.lists.pagination import PageQuery, Slice
from capecontrol.core.permissions import Realm
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.core.work import UnitOfWork
from capecontrol.features.activity.dao.folding import counts_of_fold, fold_values, is_latest_of_fold
from capecontrol.features.activity.models import ActivityEntry

#: Selects the title of what entries are told under by its id.
SubjectTitle = Callable[[SQLColumnExpression[UUID]], ColumnElement[str | None]]


class ActivityDao(Dao[ActivityEntry]):
    """Entries within the scope. Anyone but staff sees only entries with visibility CLIENT."""

    model = ActivityEntry

    async def of_subject(
        self,
        subject_type: str,
        subject_id: UUID,
        query: PageQuery,
        *,
        catalog: ActivityCatalog,
        zone: ZoneInfo,
        as_client: bool,
    ) -> Slice[ActivityEntry]:
        """Return a page of what is told under a subject, newest first; what is folded by the days of a time zone."""
        is_for_client = as_client or not is_told_all(self.work)
        return await OF_SUBJECT.page(
            self.work,
            query,
            subject_type=subject_type,
            subject_id=subject_id,
            for_client=is_for_client,
            known=list(catalog.keys) if is_for_client else None,
            **fold_values(catalog, zone),
        )

    async def carry_over(self, since: datetime) -> int:
        """Add the entries of acts that a release without activity recorded in the audit log; return how many."""
        added: int = (await self.session.execute(select(func.app.carry_over_activity(since)))).scalar_one()
        return added


def is_told_all(work: UnitOfWork) -> bool:
    """Tell whether who reads is told what clients are not, too."""
    return work.actor.realm is Realm.ADMIN


#: What clients are told, of the kinds that this release knows how to tell.
_FOR_CLIENT = and_(
    ActivityEntry.visibility == constant(Visibility.CLIENT),
    ActivityEntry.kind == any_(bindparam("known", type_=ARRAY(Text))),
)
OF_SUBJECT = PageRead(
    ActivityEntry,
    by="occurred_at",
    searches=("folds",),
    besides={"folded": counts_of_fold()},
    folds=is_latest_of_fold(),
    subject_type=ActivityEntry.subject_type == bindparam("subject_type"),
    subject_id=ActivityEntry.subject_id == bindparam("subject_id"),
    for_client=_FOR_CLIENT,
)


class LatestEntries:
    """The newest entries of a scope, of what ended well or badly; they are no objects of a session."""

    def __init__(self, subject_title: SubjectTitle, rows: int) -> None:
        """Take what selects the title of an entry's subject, which another feature knows, and how many to return."""
        latest = _latest(subject_title, rows)
        row = model_row(ActivityEntry, "folded", "subject_title")
        self._told_all = ScopedRead(latest, row, owner=ActivityEntry.org_id)
        self._told_clients = ScopedRead(latest.where(_FOR_CLIENT), row, owner=ActivityEntry.org_id)

    async def read(self, work: UnitOfWork, *, catalog: ActivityCatalog, zone: ZoneInfo) -> list[ActivityEntry]:
        """Return the newest; what is folded by the days of a time zone."""
        folding = fold_values(catalog, zone)
        if is_told_all(work):
            return await self._told_all.all(work, **folding)
        return await self._told_clients.all(work, known=list(catalog.keys), **folding)


def _latest(subject_title: SubjectTitle, rows: int) -> Select[Any]:
    title = subject_title(ActivityEntry.subject_id)
    newest = select(
        *columns_of(ActivityEntry).values(), counts_of_fold().label("folded"), title.label("subject_title")
    ).where(is_latest_of_fold())
    newest = newest.order_by(ActivityEntry.occurred_at.desc(), ActivityEntry.id.desc())
    return newest.limit(constant(rows))
