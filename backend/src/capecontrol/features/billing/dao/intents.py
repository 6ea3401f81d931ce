"""Queries of payment intents."""

import uuid
from datetime import datetime

from sqlalchemy import or_

from capecontrol.core.dao import Dao
from capecontrol.features.billing.lifecycle import OVER, IntentStatus
from capecontrol.features.billing.models import PaymentIntent


class IntentDao(Dao[PaymentIntent]):
    """Payment intents within the scope."""

    model = PaymentIntent

    async def standing_of(self, proposal_id: uuid.UUID) -> list[PaymentIntent]:
        """Return the intents of a proposal that are not known to be over: each stands in the way of another."""
        return await self.all(
            self.select().where(PaymentIntent.proposal_id == proposal_id, PaymentIntent.status.not_in(OVER))
        )

    async def for_session(self, session_id: str, own_id: uuid.UUID | None) -> PaymentIntent | None:
        """Return and lock the intent of a payment page: by the page's id, else by our id in the page's metadata.

        The second way is for a webhook that is faster than the commit which stores the page's id.
        """
        found = await self.one(self.select().where(PaymentIntent.checkout_session_id == session_id).with_for_update())
        return found or (await self.get(own_id, lock=True) if own_id else None)

    async def silent_since(self, moment: datetime, limit: int) -> list[PaymentIntent]:
        """Return open pages that nobody asked about since a moment, the longest silent first."""
        return await self.all(
            self.select()
            .where(
                PaymentIntent.status == IntentStatus.CHECKOUT_OPEN,
                PaymentIntent.updated_at < moment,
                or_(PaymentIntent.checked_at.is_(None), PaymentIntent.checked_at < moment),
            )
            .order_by(PaymentIntent.checked_at.nulls_first(), PaymentIntent.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
