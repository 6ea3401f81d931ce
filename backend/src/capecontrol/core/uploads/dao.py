"""Queries of the files that are stored before their record is written."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import case, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from capecontrol.core.dao import Dao
from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.ids import new_id
from capecontrol.core.uploads.model import Upload

#: How long a file waits for its record: for who uploads a picture now and saves the page after lunch.
PENDING = timedelta(days=1)


class UploadDao(Dao[Upload]):
    """Files within the scope."""

    model = Upload

    async def announce(
        self, key: str, *, media_type: str, size: int, width: int | None = None, height: int | None = None
    ) -> bool:
        """Note a file before it is stored, so that none lies in the storage that nobody knows; tell whether it may be.

        It may not while a sweep removes a file of the same key. One that is there already is kept at least as long.
        """
        now, scope = self.work.now(), self.work.scope
        added = insert(Upload).values(
            id=new_id(),
            created_at=now,
            org_id=scope.org_id if isinstance(scope, OrganizationScope) else None,
            storage_key=key,
            media_type=media_type,
            size=size,
            width=width,
            height=height,
            kept_until=now + PENDING,
        )
        longer = func.greatest(Upload.kept_until, added.excluded.kept_until)
        statement = added.on_conflict_do_update(
            index_elements=["storage_key"],
            set_={"kept_until": case((Upload.kept_until.is_(None), None), else_=longer)},
            where=Upload.removing_at.is_(None),
        ).returning(Upload.id)
        return (await self.session.execute(statement)).first() is not None

    async def find(self, key: str) -> Upload | None:
        """Return a file that a record may name."""
        return await self.one(self.select().where(Upload.storage_key == key, Upload.removing_at.is_(None)))

    async def record(self, keys: Collection[str]) -> bool:
        """Keep files for as long as the record names them that this transaction writes; tell whether all are there."""
        recorded_at = func.coalesce(Upload.recorded_at, self.work.now())
        kept = await self.update_where(
            Upload.storage_key.in_(keys), Upload.removing_at.is_(None), recorded_at=recorded_at, kept_until=None
        )
        return kept == len(keys)

    async def release(self, keys: Collection[str], *, kept_until: datetime) -> None:
        """Note that no record names files any more; who was shown them before is shown them until a moment."""
        await self.update_where(Upload.storage_key.in_(keys), kept_until=kept_until)

    async def is_shown(self, key: str) -> bool:
        """Tell whether anybody may be shown a file: one that a record names, or named until lately."""
        is_kept = or_(Upload.kept_until.is_(None), Upload.kept_until > self.work.now())
        statement = self.select().where(Upload.storage_key == key, Upload.recorded_at.is_not(None), is_kept)
        return await self.one(statement) is not None

    async def take_out_of_date(self, limit: int) -> dict[uuid.UUID, str]:
        """Take files that are kept no longer, so that no record names them again; return their keys by their ids.

        Those that a sweep took and did not remove are among them. Needs the platform's scope.
        """
        old = (
            select(Upload.id)
            .where(Upload.kept_until <= self.work.now())
            .order_by(Upload.kept_until)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        taken = await self.session.execute(
            self._update([Upload.id.in_(old)], {"removing_at": self.work.now()}).returning(
                Upload.id, Upload.storage_key
            )
        )
        return {row.id: row.storage_key for row in taken}

    async def forget(self, identifiers: Collection[uuid.UUID]) -> None:
        """Delete the rows of files that were removed."""
        await self.session.execute(delete(Upload).where(Upload.id.in_(identifiers), Upload.removing_at.is_not(None)))
