"""Bodies of billing."""

import uuid
from collections.abc import Mapping

from pydantic import Field

from capecontrol.core.business import Business
from capecontrol.core.http.body import Moment, MoneyBody, ResponseBody
from capecontrol.core.http.tax_body import TaxBody
from capecontrol.core.line_items.decimals import plain
from capecontrol.core.money import Money
from capecontrol.features.billing.invoice_document import lines_of
from capecontrol.features.billing.lifecycle import IntentStatus, InvoiceStatus
from capecontrol.features.billing.models import Invoice, Payment, PaymentIntent, PaymentStatus


class CheckoutOut(ResponseBody):
    """The payment page to redirect the payer to."""

    payment_intent_id: uuid.UUID
    url: str = Field(description="The provider's hosted page.", examples=["https://checkout.stripe.com/c/pay/cs_…"])


class PaymentIntentOut(ResponseBody):
    """Status of a payment. `invoice_id` appears when the money is here."""

    id: uuid.UUID
    proposal_id: uuid.UUID
    status: IntentStatus
    amount: MoneyBody
    invoice_id: uuid.UUID | None
    created_at: Moment
    expires_at: Moment | None

    @classmethod
    def from_row(cls, row: PaymentIntent, invoice: Invoice | None) -> "PaymentIntentOut":
        """Return the answer of a row."""
        return cls(
            id=row.id,
            proposal_id=row.proposal_id,
            status=row.status,
            amount=MoneyBody.from_money(Money(row.amount, row.currency)),
            invoice_id=invoice.id if invoice else None,
            created_at=row.created_at,
            expires_at=row.expires_at,
        )


class PaymentOut(ResponseBody):
    """Money that came in."""

    id: uuid.UUID
    org_id: uuid.UUID
    payment_intent_id: uuid.UUID
    status: PaymentStatus
    amount: MoneyBody
    note: str | None
    received_at: Moment

    @classmethod
    def from_row(cls, row: Payment) -> "PaymentOut":
        """Return the answer of a row."""
        return cls(
            id=row.id,
            org_id=row.org_id,
            payment_intent_id=row.payment_intent_id,
            status=row.status,
            amount=MoneyBody.from_money(Money(row.amount, row.currency)),
            note=row.note,
            received_at=row.received_at,
        )


class ProjectBrief(ResponseBody):
    """The project that an invoice is for."""

    id: uuid.UUID
    code: str


class InvoiceLineOut(ResponseBody):
    """One line of an invoice."""

    description: str
    quantity: str
    unit_price: MoneyBody
    tax_rate: str
    amount: MoneyBody = Field(description="What the document shows: with tax where the unit price contains it.")
    net: MoneyBody
    tax: MoneyBody


class InvoiceOut(ResponseBody):
    """An invoice, as lists show it."""

    id: uuid.UUID
    org_id: uuid.UUID
    number: str = Field(examples=["INV-2026-0042"])
    title: str
    status: InvoiceStatus
    client: str = Field(description="The buyer's name, as it was when the invoice was issued.")
    project: ProjectBrief
    proposal_id: uuid.UUID
    total: MoneyBody
    balance: MoneyBody = Field(description="What is still to be paid.")
    issued_at: Moment
    paid_at: Moment | None
    is_pdf_ready: bool

    @classmethod
    def from_row(cls, row: Invoice) -> "InvoiceOut":
        """Return the answer of a row."""
        return cls(**_members(row))


class SellerOut(ResponseBody):
    """Who sold, as it was when the invoice was issued."""

    name: str = Field(examples=["Northstar Automation"])
    address: str = Field(description="Written line by line.")
    tax_number: str | None
    email: str | None
    tax_name: str = Field(description="What the tax on sales is called.", examples=["VAT"])

    @classmethod
    def of(cls, kept: Mapping[str, object]) -> "SellerOut":
        """Return the answer of an invoice's block; what it does not keep is as it would be for a business without."""
        plain_business = Business().to_json() | {"name": ""}
        return cls.model_validate(plain_business | dict(kept))


class BuyerOut(ResponseBody):
    """Who bought, as it was when the invoice was issued."""

    name: str = Field(examples=["Harbour Logistics"])
    project_code: str = Field(examples=["PRJ-2026-019"])


class InvoiceDetailOut(InvoiceOut):
    """An invoice with all that is on it."""

    lines: list[InvoiceLineOut]
    tax_inclusive: bool = Field(description="Whether unit prices and amounts of the lines contain the tax.")
    subtotal: MoneyBody
    tax: MoneyBody
    taxes: list[TaxBody] = Field(description="What each rate came to, the highest first; the sum is `tax`.")
    seller: SellerOut
    buyer: BuyerOut

    @classmethod
    def from_row(cls, row: Invoice) -> "InvoiceDetailOut":
        """Return the answer of a row."""
        lines = lines_of(row)
        return cls(
            **_members(row),
            lines=[
                InvoiceLineOut(
                    description=line.description,
                    quantity=plain(line.quantity),
                    unit_price=MoneyBody(amount=line.unit_price, currency=row.currency),
                    tax_rate=str(line.tax_rate),
                    amount=MoneyBody(amount=line.amount, currency=row.currency),
                    net=MoneyBody(amount=line.net, currency=row.currency),
                    tax=MoneyBody(amount=line.tax, currency=row.currency),
                )
                for line in lines
            ],
            tax_inclusive=any(line.is_tax_inclusive for line in lines),
            subtotal=MoneyBody.from_money(Money(row.subtotal, row.currency)),
            tax=MoneyBody.from_money(Money(row.tax, row.currency)),
            taxes=TaxBody.table(lines, row.currency),
            seller=SellerOut.of(row.seller),
            buyer=BuyerOut.model_validate(row.buyer),
        )


def _members(row: Invoice) -> "dict[str, object]":
    total = Money(row.total, row.currency)
    settled = row.status in (InvoiceStatus.PAID, InvoiceStatus.VOID)
    return {
        "id": row.id,
        "org_id": row.org_id,
        "number": row.number,
        "title": row.title,
        "status": row.status,
        "client": str(row.buyer["name"]),
        "project": ProjectBrief(id=row.project_id, code=str(row.buyer["project_code"])),
        "proposal_id": row.proposal_id,
        "total": MoneyBody.from_money(total),
        "balance": MoneyBody.from_money(Money.zero(row.currency) if settled else total),
        "issued_at": row.issued_at,
        "paid_at": row.paid_at,
        "is_pdf_ready": row.pdf_key is not None,
    }


class WebhookOut(ResponseBody):
    """What the provider hears."""

    received: bool = True
