"""Queries of the inbox."""

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects.postgresql import insert

from capecontrol.core.dao import Dao
from capecontrol.core.ids import new_id
from capecontrol.core.inbox.model import InboundEvent
from capecontrol.core.inbox.webhook import Webhook


class InboundEventDao(Dao[InboundEvent]):
    """Webhooks within the scope."""

    model = InboundEvent

    async def store(
        self, provider: str, webhook: Webhook, *, is_handled: bool = False, identifier: uuid.UUID | None = None
    ) -> uuid.UUID | None:
        """Store a webhook once; return the row's id, or None when it was stored before.

        Of two at once the second waits until the first has committed, and then finds it.

        Args:
            provider: whose it is.
            webhook: what came.
            is_handled: whether this transaction applies it, too.
            identifier: the row's id, when it has one already.
        """
        now = self.work.now()
        # Until a key of the ring's own seals, code of before the rings may run, and apply what waits here.
        is_sealed = is_handled or self.work.keyring.has_own_key
        statement = (
            insert(InboundEvent)
            .values(
                id=identifier or new_id(),
                org_id=webhook.org_id,
                provider=provider,
                external_id=webhook.external_id,
                type=webhook.type,
                occurred_at=webhook.occurred_at,
                payload=self.work.keyring.seal_bytes(webhook.payload) if is_sealed else webhook.payload,
                is_sealed=is_sealed,
                handled_at=now if is_handled else None,
                created_at=now,
            )
            .on_conflict_do_nothing(index_elements=["provider", "external_id"])
            .returning(InboundEvent.id)
        )
        stored: uuid.UUID | None = (await self.session.execute(statement)).scalar_one_or_none()
        return stored

    async def mark_handled(self, identifier: uuid.UUID) -> None:
        """Note that a webhook was applied, and seal its body: nothing reads it any more. Needs the platform's scope."""
        await self.update_where(
            InboundEvent.id == identifier, InboundEvent.handled_at.is_(None), handled_at=self.work.now()
        )
        await self._seal(InboundEvent.id == identifier, limit=1)

    async def seal_payloads(self, limit: int) -> int:
        """Seal bodies that were applied by code which left them open; return how many. Needs the platform's scope."""
        return await self._seal(InboundEvent.handled_at.is_not(None), limit=limit)

    async def _seal(self, condition: ColumnElement[bool], *, limit: int) -> int:
        is_open = InboundEvent.payload.is_not(None) & InboundEvent.is_sealed.is_(False)
        rows = await self.all(self.select().where(condition, is_open).limit(limit).with_for_update(skip_locked=True))
        for row in rows:
            sealed = self.work.keyring.seal_bytes(row.payload or b"")
            await self.update_where(InboundEvent.id == row.id, payload=sealed, is_sealed=True)
        return len(rows)

    async def forget_payloads(self, handled_before: datetime, limit: int) -> int:
        """Empty the bodies of webhooks that were applied before a moment; return how many were.

        The rows stay, with their keys. Needs the platform's scope.
        """
        old = (
            select(InboundEvent.id)
            .where(*self.owned(), InboundEvent.payload.is_not(None), InboundEvent.handled_at < handled_before)
            .order_by(InboundEvent.handled_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return await self.update_where(InboundEvent.id.in_(old), payload=None)
