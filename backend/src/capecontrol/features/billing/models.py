"""Money: what was asked for, what came in, what was invoiced, and by which name a provider knows a customer."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, LargeBinary, PrimaryKeyConstraint, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import (
    Base,
    CreatedAt,
    IdMixin,
    OwnedByOrganization,
    TableAccess,
    Timestamps,
    owned_reference,
    unique_owned,
)
from capecontrol.core.db.enum_text import EnumText
from capecontrol.core.db.search_token import TOKEN_ACCESS, SearchToken, token_keys
from capecontrol.features.billing.lifecycle import IntentStatus, InvoiceStatus


class PaymentStatus(StrEnum):
    """Whether a received payment was applied to an invoice."""

    APPLIED = "APPLIED"
    UNAPPLIED = "UNAPPLIED"


class PaymentIntent(IdMixin, Timestamps, OwnedByOrganization, Base):
    """A person's click on Pay. It comes before every charge: nothing charges silently."""

    __tablename__ = "payment_intents"
    __table_args__ = (
        unique_owned("payment_intents"),
        owned_reference("proposal_id", "proposals"),
        # One open page or debit a proposal, else a client may pay twice; and one success.
        Index(
            "uq_payment_intents_open",
            "org_id",
            "proposal_id",
            unique=True,
            postgresql_where=text("status in ('CREATED', 'CHECKOUT_OPEN', 'PROCESSING')"),
        ),
        Index(
            "uq_payment_intents_succeeded",
            "org_id",
            "proposal_id",
            unique=True,
            postgresql_where=text("status = 'SUCCEEDED'"),
        ),
        Index("ix_payment_intents_org_id_proposal_id", "org_id", "proposal_id"),
        Index("uq_payment_intents_checkout_session_id", "checkout_session_id", unique=True),
        # What the provider is to be asked about.
        Index(
            "ix_payment_intents_unsettled",
            "checked_at",
            postgresql_where=text(
                "status in ('CHECKOUT_OPEN', 'PROCESSING')"
                " or status = 'EXPIRED' and checkout_session_id is not null and confirmed_at is null"
            ),
        ),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint(
            "status in ('CREATED', 'CHECKOUT_OPEN', 'PROCESSING', 'SUCCEEDED', 'FAILED', 'EXPIRED', 'CANCELLED')",
            name="status",
        ),
    )
    bookkeeping: ClassVar[frozenset[str]] = frozenset({"checked_at", "confirmed_at"})
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert update")

    proposal_id: Mapped[uuid.UUID]
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(Text)
    status: Mapped[IntentStatus] = mapped_column(EnumText(IntentStatus))
    checkout_session_id: Mapped[str | None] = mapped_column(Text)
    checkout_url: Mapped[str | None] = mapped_column(Text)
    expires_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    #: When the provider had its last word on a page that is over; None while it is to be asked about it once more.
    confirmed_at: Mapped[datetime | None]
    created_by: Mapped[uuid.UUID]


#: What of a payment is summed.
_SUMMED = ["status", "currency", "amount"]


class Payment(IdMixin, CreatedAt, OwnedByOrganization, Base):
    """Money that came in. The provider's id is unique: one payment is one row, however often we hear of it."""

    __tablename__ = "payments"
    __table_args__ = (
        unique_owned("payments"),
        owned_reference("payment_intent_id", "payment_intents"),
        Index("uq_payments_provider_payment_id", "provider_payment_id", unique=True),
        # Sums of what was received are answered from the index alone.
        Index("ix_payments_org_id_received_at_id", "org_id", "received_at", "id", postgresql_include=_SUMMED),
        Index("ix_payments_received_at_id", "received_at", "id", postgresql_include=_SUMMED),
        Index("ix_payments_org_id_amount_id", "org_id", "amount", "id"),
        Index("ix_payments_amount_id", "amount", "id"),
        Index("ix_payments_unapplied", "received_at", "id", postgresql_where=text("status = 'UNAPPLIED'")),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("status in ('APPLIED', 'UNAPPLIED')", name="status"),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select")

    payment_intent_id: Mapped[uuid.UUID]
    provider_payment_id: Mapped[str] = mapped_column(Text)
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(Text)
    status: Mapped[PaymentStatus] = mapped_column(EnumText(PaymentStatus))
    note: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[datetime]


class Invoice(IdMixin, Timestamps, OwnedByOrganization, Base):
    """A tax document: a snapshot that follows no later change of a name, a price or a setting."""

    __tablename__ = "invoices"
    __table_args__ = (
        unique_owned("invoices"),
        owned_reference("project_id", "projects"),
        owned_reference("proposal_id", "proposals"),
        owned_reference("payment_id", "payments"),
        Index("uq_invoices_year_sequence", "year", "sequence", unique=True),
        Index("uq_invoices_org_id_payment_id", "org_id", "payment_id", unique=True),
        Index("ix_invoices_org_id_created_at_id", "org_id", "created_at", "id"),
        # What lists are sorted by: for the organization's members, and for staff.
        Index("ix_invoices_org_id_year_sequence_id", "org_id", "year", "sequence", "id"),
        Index("ix_invoices_org_id_issued_at_id", "org_id", "issued_at", "id"),
        Index("ix_invoices_issued_at_id", "issued_at", "id"),
        Index("ix_invoices_org_id_total_id", "org_id", "total", "id"),
        Index("ix_invoices_total_id", "total", "id"),
        Index("ix_invoices_created_at_id", "created_at", "id"),
        Index("ix_invoices_status_created_at_id", "status", "created_at", "id"),
        Index("ix_invoices_project_id_created_at_id", "project_id", "created_at", "id"),
        Index("ix_invoices_proposal_id_created_at", "proposal_id", "created_at"),
        CheckConstraint("status in ('ISSUED', 'PAID', 'VOID')", name="status"),
        CheckConstraint("subtotal + tax = total", name="sums"),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select update")

    project_id: Mapped[uuid.UUID]
    proposal_id: Mapped[uuid.UUID]
    payment_id: Mapped[uuid.UUID | None]
    number: Mapped[str] = mapped_column(Text)
    year: Mapped[int] = mapped_column(Integer)
    sequence: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(Text)
    status: Mapped[InvoiceStatus] = mapped_column(EnumText(InvoiceStatus))
    currency: Mapped[str] = mapped_column(Text)
    subtotal: Mapped[int] = mapped_column(BigInteger)
    tax: Mapped[int] = mapped_column(BigInteger)
    total: Mapped[int] = mapped_column(BigInteger)
    line_items: Mapped[list[dict[str, object]]] = mapped_column(JSONB)
    seller: Mapped[dict[str, object]] = mapped_column(JSONB)
    buyer: Mapped[dict[str, object]] = mapped_column(JSONB)
    issued_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    pdf_key: Mapped[str | None] = mapped_column(Text)
    pdf_sha256: Mapped[str | None] = mapped_column(Text)


class ProviderCustomer(CreatedAt, OwnedByOrganization, Base):
    """The id by which a payment provider knows an organization: one for each provider, kept once, never replaced."""

    __tablename__ = "provider_customers"
    __table_args__ = (
        PrimaryKeyConstraint("org_id", "provider"),
        Index("uq_provider_customers_provider_customer_id", "provider", "customer_id", unique=True),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert")

    provider: Mapped[str] = mapped_column(Text)
    customer_id: Mapped[str] = mapped_column(Text)


class StripeEvent(IdMixin, Base):
    """A webhook that release 0.1.0 took in. Everything later is in the inbox; the release after this one drops it."""

    __tablename__ = "stripe_events"
    __table_args__ = (
        Index("uq_stripe_events_external_id", "external_id", unique=True),
        Index("ix_stripe_events_unhandled", "received_at", postgresql_where=text("handled_at is null")),
    )
    access: ClassVar[TableAccess] = TableAccess()

    external_id: Mapped[str] = mapped_column(Text)
    type: Mapped[str] = mapped_column(Text)
    object_id: Mapped[str] = mapped_column(Text)
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]


class InvoiceToken(SearchToken, Base):
    """A word of the number and title of an invoice."""

    __tablename__ = "invoice_tokens"
    __table_args__ = token_keys("invoice_tokens", "invoice_id", "invoices")
    access: ClassVar[TableAccess] = TOKEN_ACCESS

    invoice_id: Mapped[uuid.UUID]
