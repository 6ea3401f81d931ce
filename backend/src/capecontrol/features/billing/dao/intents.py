"""Queries of payment intents."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_

from capecontrol.core.dao import Dao
from capecontrol.core.db.constant import constant
from capecontrol.features.billing.lifecycle import OVER, IntentStatus
from capecontrol.features.billing.models import PaymentIntent

#: How long a page may be silent before the provider is asked, and between two questions.
SILENCE = timedelta(minutes=2)
#: The same for a debit, which takes days: the webhook is faster as a rule.
DEBIT_SILENCE = timedelta(hours=1)
#: After how long the provider is asked once more about a page that ended without its word.
ONCE_MORE_AFTER = timedelta(days=1)


class IntentDao(Dao[PaymentIntent]):
    """Payment intents within the scope."""

    model = PaymentIntent

    async def standing_of(self, proposal_id: uuid.UUID) -> list[PaymentIntent]:
        """Return the intents of a proposal that are not known to be over: each stands in the way of another."""
        return await self.all(
            self.select().where(PaymentIntent.proposal_id == proposal_id, PaymentIntent.status.not_in(OVER))
        )

    async def for_session(self, session_id: str, own_id: uuid.UUID | None) -> PaymentIntent | None:
        """Return the intent of a payment page: by the page's id, else by our id in the page's metadata.

        The second way is for a webhook that is faster than the commit which stores the page's id.
        """
        found = await self.one(self.select().where(PaymentIntent.checkout_session_id == session_id))
        return found or (await self.get(own_id) if own_id else None)

    async def lock_all_of(self, proposal_id: uuid.UUID) -> list[PaymentIntent]:
        """Lock the intents of a proposal and return them as they are then.

        All, and in one order: what becomes of one decides on the others, and two that are settled at once would else
        wait for each other.
        """
        statement = self.select().where(PaymentIntent.proposal_id == proposal_id).order_by(PaymentIntent.id)
        return await self.all(statement.with_for_update().execution_options(populate_existing=True))

    async def to_ask_about(self, now: datetime, limit: int) -> list[PaymentIntent]:
        """Return and lock the intents whose pages the provider is to be asked about, the longest silent first.

        Open pages and debits that have been silent for a while; and once more each page that ended without the
        provider's word.
        """
        return await self.all(
            self.select()
            .where(
                or_(
                    _silent(IntentStatus.CHECKOUT_OPEN, now - SILENCE),
                    _silent(IntentStatus.PROCESSING, now - DEBIT_SILENCE),
                    _silent(IntentStatus.EXPIRED, now - ONCE_MORE_AFTER)
                    & PaymentIntent.checkout_session_id.is_not(None)
                    & PaymentIntent.confirmed_at.is_(None),
                )
            )
            .order_by(PaymentIntent.checked_at.nulls_first(), PaymentIntent.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )


def _silent(status: IntentStatus, since: datetime) -> ColumnElement[bool]:
    """Return that an intent has had a status since a moment, and that nobody asked about it since then."""
    is_asked = or_(PaymentIntent.checked_at.is_(None), PaymentIntent.checked_at < since)
    return (PaymentIntent.status == constant(status)) & (PaymentIntent.updated_at < since) & is_asked
