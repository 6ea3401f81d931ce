"""Queries of payments."""

import uuid
from datetime import datetime

from sqlalchemy import BindParameter, Integer, bindparam, select

from capecontrol.core.dao import Dao
from capecontrol.core.db.constant import constant
from capecontrol.core.figures import Figure
from capecontrol.core.lists.amounts import Amounts
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.lists.pagination import PageQuery, Slice
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.features.billing.filters import PaymentFilter
from capecontrol.features.billing.models import Payment, PaymentIntent, PaymentStatus
from capecontrol.features.billing.summary import UnappliedPayment


class PaymentDao(Dao[Payment]):
    """Payments within the scope."""

    model = Payment

    async def by_provider_id(self, provider_payment_id: str) -> Payment | None:
        """Return the payment that the provider knows by an id."""
        return await self.one(self.select().where(Payment.provider_payment_id == provider_payment_id))

    async def has_unapplied(self, proposal_id: uuid.UUID) -> bool:
        """Tell whether there is money for a proposal that is not known to be applied: it waits for a decision."""
        statement = (
            select(Payment.id)
            .join(PaymentIntent, PaymentIntent.id == Payment.payment_intent_id)
            .where(
                *self.owned(),
                Payment.status.not_in([PaymentStatus.APPLIED]),
                PaymentIntent.proposal_id == proposal_id,
            )
            .limit(1)
        )
        return (await self.session.execute(statement)).first() is not None

    async def received(self, wanted: PaymentFilter, query: PageQuery) -> Slice[Payment]:
        """Return a page of what came in."""
        return await PAYMENTS.page(self.work, query, **wanted.values())

    async def unapplied(self, limit: int) -> list[UnappliedPayment]:
        """Return money that found nothing to pay, oldest first."""
        return await _UNAPPLIED.all(self.work, rows=limit)


PAYMENTS = PageRead(
    Payment,
    by="received_at",
    sorts={"amount": Payment.amount},
    status=Payment.status == bindparam("status"),
    org_id=Payment.org_id == bindparam("org_id"),
    since=Payment.received_at >= bindparam("since"),
    until=Payment.received_at < bindparam("until"),
    q=Payment.provider_payment_id == bindparam("q"),
)


_UNAPPLIED = ScopedRead(
    select(Payment.id, Payment.org_id, Payment.note, Payment.received_at, Payment.amount, Payment.currency)
    .where(Payment.status == constant(PaymentStatus.UNAPPLIED))
    .order_by(Payment.received_at, Payment.id)
    .limit(bindparam("rows", type_=Integer)),
    UnappliedPayment.read,
    owner=Payment.org_id,
)


def money_received(start: BindParameter[datetime], end: BindParameter[datetime]) -> Figure:
    """Return what was received and applied in a span of time, as a figure."""
    return Figure(
        Payment.status == constant(PaymentStatus.APPLIED),
        Payment.received_at >= start,
        Payment.received_at < end,
        owner=Payment.org_id,
        amounts=Amounts(Payment.amount, Payment.currency),
    )
