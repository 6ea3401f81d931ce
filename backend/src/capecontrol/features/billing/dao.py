"""Queries about money."""

import uuid
from datetime import datetime

from sqlalchemy import Uuid, bindparam, cast, column, func, literal, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY, insert

from capecontrol.core.dao import Dao
from capecontrol.core.page_read import ESCAPE, PageRead, containing
from capecontrol.core.pagination import PageQuery, Slice
from capecontrol.features.billing.lifecycle import OVER, IntentStatus, InvoiceStatus
from capecontrol.features.billing.models import (
    Invoice,
    Payment,
    PaymentIntent,
    PaymentStatus,
    ProviderCustomer,
    StripeEvent,
)


class IntentDao(Dao[PaymentIntent]):
    """Payment intents within the scope."""

    model = PaymentIntent

    async def standing_of(self, proposal_id: uuid.UUID) -> list[PaymentIntent]:
        """Return the intents of a proposal that are not known to be over: each stands in the way of another."""
        return await self.all(
            self.select().where(PaymentIntent.proposal_id == proposal_id, PaymentIntent.status.not_in(OVER))
        )

    async def paid_among(self, proposal_ids: list[uuid.UUID]) -> set[uuid.UUID]:
        """Return those of the proposals that are paid.

        Each is looked up by itself, which the limit makes sure of: otherwise PostgreSQL takes every organization for
        one of average size, and of a large one reads all that it ever paid.
        """
        # As text: of an array type the driver would first ask each new connection what it is.
        ids = cast(literal(f"{{{','.join(map(str, proposal_ids))}}}"), ARRAY(Uuid))
        asked = func.unnest(ids).table_valued(column("id", Uuid)).render_derived(name="asked")
        payment = (
            select(PaymentIntent.proposal_id)
            .where(
                *self.owned(), PaymentIntent.proposal_id == asked.c.id, PaymentIntent.status == IntentStatus.SUCCEEDED
            )
            .limit(1)
            .correlate(asked)
            .lateral()
        )
        statement = select(payment.c.proposal_id).select_from(asked).join(payment, true())
        return set((await self.session.execute(statement)).scalars())

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

    async def received_between(self, start: datetime, end: datetime) -> list[tuple[str, int]]:
        """Return what was received and applied, by currency."""
        statement = (
            select(Payment.currency, func.sum(Payment.amount))
            .where(
                *self.owned(),
                Payment.status == PaymentStatus.APPLIED,
                Payment.received_at >= start,
                Payment.received_at < end,
            )
            .group_by(Payment.currency)
            .order_by(Payment.currency)
        )
        return [(currency, int(amount)) for currency, amount in (await self.session.execute(statement)).all()]

    async def received(self, query: PageQuery) -> Slice[Payment]:
        """Return a page of what came in, newest first."""
        return await _PAYMENTS.page(self.work, query)

    async def unapplied(self, limit: int) -> list[Payment]:
        """Return money that found nothing to pay, oldest first."""
        statement = self.select().where(Payment.status == PaymentStatus.UNAPPLIED)
        return await self.all(statement.order_by(Payment.received_at, Payment.id).limit(limit))


class InvoiceDao(Dao[Invoice]):
    """Invoices within the scope."""

    model = Invoice

    async def search(
        self, query: PageQuery, *, project_id: uuid.UUID | None, status: InvoiceStatus | None, q: str | None
    ) -> Slice[Invoice]:
        """Return a page of invoices, newest first."""
        return await _INVOICES.page(self.work, query, project_id=project_id, status=status, q=containing(q))

    async def latest(self, limit: int) -> list[Invoice]:
        """Return the newest invoices."""
        return await self.all(self.select().order_by(Invoice.created_at.desc(), Invoice.id.desc()).limit(limit))

    async def of_proposal(self, proposal_id: uuid.UUID) -> Invoice | None:
        """Return the newest invoice of a proposal."""
        statement = self.select().where(Invoice.proposal_id == proposal_id)
        return await self.one(statement.order_by(Invoice.created_at.desc()).limit(1))


class ProviderCustomerDao(Dao[ProviderCustomer]):
    """The ids by which payment providers know organizations, within the scope."""

    model = ProviderCustomer

    async def customer_id(self, org_id: uuid.UUID, provider: str) -> str | None:
        """Return a provider's id of an organization, if it has one."""
        row = await self.one(
            self.select().where(ProviderCustomer.org_id == org_id, ProviderCustomer.provider == provider)
        )
        return row.customer_id if row else None

    async def keep(self, org_id: uuid.UUID, provider: str, customer_id: str) -> None:
        """Store a provider's id of an organization, unless it has one."""
        await self.session.execute(
            insert(ProviderCustomer)
            .values(org_id=org_id, provider=provider, customer_id=customer_id, created_at=self.work.now())
            .on_conflict_do_nothing()
        )


class StripeEventDao(Dao[StripeEvent]):
    """The webhooks that release 0.1.0 took in."""

    model = StripeEvent
    owner = None

    async def has(self, external_id: str) -> bool:
        """Tell whether 0.1.0 took an event in."""
        return await self.one(self.select().where(StripeEvent.external_id == external_id)) is not None


_INVOICES = PageRead(
    Invoice,
    project_id=Invoice.project_id == bindparam("project_id"),
    status=Invoice.status == bindparam("status"),
    q=Invoice.number.ilike(bindparam("q"), escape=ESCAPE) | Invoice.title.ilike(bindparam("q"), escape=ESCAPE),
)
_PAYMENTS = PageRead(Payment, by="received_at")
