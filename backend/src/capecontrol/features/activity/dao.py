"""Queries of the activity."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select

from capecontrol.core.activity import Visibility
from capecontrol.core.audit import Outcome
from capecontrol.core.dao import Dao
from capecontrol.core.pagination import PageQuery, Slice
from capecontrol.core.permissions import Realm
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
        """Return the newest entries of what ended well."""
        statement = self._told(known).where(ActivityEntry.outcome == Outcome.SUCCESS)
        newest = statement.order_by(ActivityEntry.occurred_at.desc(), ActivityEntry.id.desc())
        return await self.all(newest.limit(limit))

    async def carry_over(self, since: datetime) -> int:
        """Add the entries of acts that a release without activity recorded in the audit log; return how many."""
        added: int = (await self.session.execute(select(func.app.carry_over_activity(since)))).scalar_one()
        return added

    def _told(self, known: Collection[str]) -> Select[tuple[ActivityEntry]]:
        statement = self.select()
        if self.work.actor.realm is Realm.ADMIN:
            return statement
        return _only_for_clients(statement, known)


def _only_for_clients(statement: Select[tuple[ActivityEntry]], known: Collection[str]) -> Select[tuple[ActivityEntry]]:
    return statement.where(ActivityEntry.visibility == Visibility.CLIENT, ActivityEntry.kind.in_(known))
