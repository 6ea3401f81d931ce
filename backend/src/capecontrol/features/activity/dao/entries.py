"""Queries of the activity."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ARRAY, Integer, Select, Text, and_, any_, bindparam, func, select

from capecontrol.core.activity import ActivityCatalog, Visibility
from capecontrol.core.dao import Dao
from capecontrol.core.db.base import columns_of
from capecontrol.core.db.constant import constant
from capecontrol.core.db.model_row import model_row
from capecontrol.core.page_read import PageRead
from capecontrol.core.pagination import PageQuery, Slice
from capecontrol.core.permissions import Realm
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.features.activity.dao.folding import counts_of_fold, fold_values, is_latest_of_fold
from capecontrol.features.activity.models import ActivityEntry


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
        is_for_client = as_client or not self._is_told_all
        return await OF_SUBJECT.page(
            self.work,
            query,
            subject_type=subject_type,
            subject_id=subject_id,
            for_client=is_for_client,
            known=list(catalog.keys) if is_for_client else None,
            **fold_values(catalog, zone),
        )

    async def latest(self, limit: int, *, catalog: ActivityCatalog, zone: ZoneInfo) -> list[ActivityEntry]:
        """Return the newest entries, of what ended well or badly; they are no objects of a session."""
        folding = fold_values(catalog, zone)
        if self._is_told_all:
            return await _LATEST.all(self.work, rows=limit, **folding)
        return await _LATEST_FOR_CLIENTS.all(self.work, rows=limit, known=list(catalog.keys), **folding)

    async def carry_over(self, since: datetime) -> int:
        """Add the entries of acts that a release without activity recorded in the audit log; return how many."""
        added: int = (await self.session.execute(select(func.app.carry_over_activity(since)))).scalar_one()
        return added

    @property
    def _is_told_all(self) -> bool:
        return self.work.actor.realm is Realm.ADMIN


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
_ROW = model_row(ActivityEntry, "folded")


def _latest() -> Select[Any]:
    newest = select(*columns_of(ActivityEntry).values(), counts_of_fold().label("folded")).where(is_latest_of_fold())
    newest = newest.order_by(ActivityEntry.occurred_at.desc(), ActivityEntry.id.desc())
    return newest.limit(bindparam("rows", type_=Integer))


_LATEST = ScopedRead(_latest(), _ROW, owner=ActivityEntry.org_id)
_LATEST_FOR_CLIENTS = ScopedRead(_latest().where(_FOR_CLIENT), _ROW, owner=ActivityEntry.org_id)
