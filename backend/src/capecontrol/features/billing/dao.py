"""Queries about money."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    Subquery,
    bindparam,
    case,
    exists,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import insert

from capecontrol.core.dao import Dao
from capecontrol.core.db.constant import constant
from capecontrol.core.db.word_search import WordSearch
from capecontrol.core.figures import Amounts, Figure
from capecontrol.core.page_read import PageRead
from capecontrol.core.pagination import PageQuery, Slice
from capecontrol.core.record_search import RecordKind, RecordSearch
from capecontrol.core.scoped_read import Owned, Part, ScopedRead
from capecontrol.features.billing.filters import InvoiceFilter, PaymentFilter
from capecontrol.features.billing.lifecycle import OVER, IntentStatus, InvoiceStatus
from capecontrol.features.billing.models import (
    Invoice,
    InvoiceToken,
    Payment,
    PaymentIntent,
    PaymentStatus,
    ProviderCustomer,
    StripeEvent,
)
from capecontrol.features.billing.permissions import INVOICES_READ
from capecontrol.features.billing.summary import InvoiceSummary, UnappliedPayment
from capecontrol.features.organizations.interface import organizations_to_join
from capecontrol.features.proposals.interface import approved_proposals_to_join, pending_proposal_to_join


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


class InvoiceDao(Dao[Invoice]):
    """Invoices within the scope."""

    model = Invoice

    async def search(self, wanted: InvoiceFilter, query: PageQuery) -> Slice[Invoice]:
        """Return a page of invoices."""
        return await INVOICES.page(self.work, query, **wanted.values())

    async def latest(self, limit: int) -> list[InvoiceSummary]:
        """Return the newest invoices."""
        return await _LATEST.all(self.work, rows=limit)

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


_INVOICE_WORDS = WordSearch(InvoiceToken.token, InvoiceToken.invoice_id, InvoiceToken.org_id)
INVOICES = PageRead(
    Invoice,
    sorts={"number": (Invoice.year, Invoice.sequence), "issued_at": Invoice.issued_at, "total": Invoice.total},
    project_id=Invoice.project_id == bindparam("project_id"),
    status=Invoice.status == bindparam("status"),
    org_id=Invoice.org_id == bindparam("org_id"),
    since=Invoice.issued_at >= bindparam("since"),
    until=Invoice.issued_at < bindparam("until"),
    words=_INVOICE_WORDS,
)
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
INVOICE_SEARCH = RecordSearch(
    kind=RecordKind.INVOICE,
    permission=INVOICES_READ,
    words=_INVOICE_WORDS,
    id=Invoice.id,
    org_id=Invoice.org_id,
    created_at=Invoice.created_at,
    updated_at=Invoice.updated_at,
    title=Invoice.title,
    code=Invoice.number,
    status=Invoice.status,
    organization=organizations_to_join(),
)


def buyer_says(name: str) -> ColumnElement[str]:
    """Return what an invoice says of its buyer."""
    said: ColumnElement[str] = Invoice.buyer[name].astext
    return said


def balance_shown() -> ColumnElement[int]:
    """Return what is still to be paid of an invoice, as ``InvoiceOut`` tells it."""
    settled = [constant(status) for status in (InvoiceStatus.PAID, InvoiceStatus.VOID)]
    return case((Invoice.status.in_(settled), constant(0)), else_=Invoice.total)


_LATEST = ScopedRead(
    select(
        Invoice.id, Invoice.org_id, Invoice.project_id, Invoice.number, Invoice.title, Invoice.status,
        Invoice.issued_at, Invoice.total, Invoice.currency,
    )
    .order_by(Invoice.created_at.desc(), Invoice.id.desc())
    .limit(bindparam("rows", type_=Integer)),
    InvoiceSummary.read,
    owner=Invoice.org_id,
)  # fmt: skip
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


def money_to_pay() -> Figure:
    """Return what was approved and is not paid, as a figure."""
    approved = approved_proposals_to_join()
    amounts = Amounts(approved.c.total, approved.c.currency)
    return Figure(_is_unpaid(approved), owner=approved.c.org_id, amounts=amounts)


def proposals_to_pay(limit: int) -> Part:
    """Return the SELECT of the proposals that were approved and are not paid, those that changed last.

    That a proposal is paid stands nowhere but among the payment intents: it is asked there for each that was approved,
    of which an index of the proposals knows all that is needed, and only what is listed is read.
    """

    def written(owned: Owned) -> Select[Any]:
        approved = approved_proposals_to_join()
        unpaid = select(approved.c.id).where(_is_unpaid(approved), *owned(approved.c.org_id))
        newest = (
            unpaid.order_by(approved.c.updated_at.desc(), approved.c.id.desc())
            .limit(constant(limit))
            .subquery("unpaid")
        )
        proposal = pending_proposal_to_join(newest.c.id)
        return select(*proposal.c).select_from(newest).join(proposal, true())

    return written


def _is_unpaid(approved: Subquery) -> ColumnElement[bool]:
    return ~exists().where(
        PaymentIntent.org_id == approved.c.org_id,
        PaymentIntent.proposal_id == approved.c.id,
        PaymentIntent.status == constant(IntentStatus.SUCCEEDED),
    )
