"""Queries of the webhooks that release 0.1.0 took in."""

from datetime import datetime

from sqlalchemy import func

from capecontrol.core.dao import Dao
from capecontrol.features.billing.models import StripeEvent


class StripeEventDao(Dao[StripeEvent]):
    """The webhooks that release 0.1.0 took in."""

    model = StripeEvent
    owner = None

    async def forget_payloads(self, handled_before: datetime, limit: int) -> int:
        """Empty the bodies of webhooks that were applied before a moment; return how many were.

        The rows stay, with their keys. No index tells which have a body: the table does not grow any more.
        """
        old = (
            self.select()
            .with_only_columns(StripeEvent.id)
            .where(StripeEvent.handled_at < handled_before, func.octet_length(StripeEvent.payload) > 0)
            .limit(limit)
        )
        return await self.update_where(StripeEvent.id.in_(old), payload=b"")

    async def has(self, external_id: str) -> bool:
        """Tell whether 0.1.0 took an event in."""
        return await self.one(self.select().where(StripeEvent.external_id == external_id)) is not None
