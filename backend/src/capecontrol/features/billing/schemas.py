"""Bodies of billing."""

import uuid
from collections.abc import Mapping

from pydantic import Field

from capecontrol.core.business import Business
from capecontrol.core.http.body import Moment, MoneyBody, ResponseBody
from capecontrol.core.http.refs import ProjectRef
from capecontrol.core.http.tax_body import TaxBody
from capecontrol.core.line_items.decimals import plain
from capecontrol.core.line_items.pricing import PricedLine
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
    def of(cls, row: PaymentIntent, invoice: Invoice | None) -> "PaymentIntentOut":
        """Return the answer of a row."""
        return cls.map_from(row, amount=Money(row.amount, row.currency), invoice_id=invoice.id if invoice else None)


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
    def of(cls, row: Payment) -> "PaymentOut":
        """Return the answer of a row."""
        return cls.map_from(row, amount=Money(row.amount, row.currency))


class InvoiceLineOut(ResponseBody):
    """One line of an invoice."""

    description: str
    quantity: str
    unit_price: MoneyBody
    tax_rate: str
    amount: MoneyBody = Field(description="What the document shows: with tax where the unit price contains it.")
    net: MoneyBody
    tax: MoneyBody

    @classmethod
    def of(cls, line: PricedLine, currency: str) -> "InvoiceLineOut":
        """Return the answer of a line."""
        return cls.map_from(
            line,
            quantity=plain(line.quantity),
            unit_price=Money(line.unit_price, currency),
            tax_rate=str(line.tax_rate),
            amount=Money(line.amount, currency),
            net=Money(line.net, currency),
            tax=Money(line.tax, currency),
        )


class InvoiceOut(ResponseBody):
    """An invoice, as lists show it."""

    id: uuid.UUID
    org_id: uuid.UUID
    number: str = Field(examples=["INV-2026-0042"])
    title: str
    status: InvoiceStatus
    client: str = Field(description="The buyer's name, as it was when the invoice was issued.")
    project: ProjectRef
    proposal_id: uuid.UUID
    total: MoneyBody
    balance: MoneyBody = Field(description="What is still to be paid.")
    issued_at: Moment
    paid_at: Moment | None
    is_pdf_ready: bool

    @classmethod
    def of(cls, row: Invoice) -> "InvoiceOut":
        """Return the answer of a row."""
        total = Money(row.total, row.currency)
        is_settled = row.status in (InvoiceStatus.PAID, InvoiceStatus.VOID)
        return cls.map_from(
            row,
            client=str(row.buyer["name"]),
            project=ProjectRef(id=row.project_id, code=str(row.buyer["project_code"])),
            total=total,
            balance=Money.zero(row.currency) if is_settled else total,
            is_pdf_ready=row.pdf_key is not None,
        )


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
    def of(cls, row: Invoice) -> "InvoiceDetailOut":
        """Return the answer of a row."""
        lines = lines_of(row)
        return cls.map_from(
            InvoiceOut.of(row),
            row,
            lines=[InvoiceLineOut.of(line, row.currency) for line in lines],
            tax_inclusive=any(line.is_tax_inclusive for line in lines),
            subtotal=Money(row.subtotal, row.currency),
            tax=Money(row.tax, row.currency),
            taxes=TaxBody.table(lines, row.currency),
            seller=SellerOut.of(row.seller),
            buyer=BuyerOut.model_validate(row.buyer),
        )


class WebhookOut(ResponseBody):
    """What the provider hears."""

    received: bool = True
