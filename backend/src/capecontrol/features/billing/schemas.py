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

    payment_intent_id: uuid.UUID = Field(
        description="The ID of the payment. Use it to find out whether the payment succeeded."
    )
    url: str = Field(
        description="The payment page of the payment provider. Redirect the payer to it.",
        examples=["https://checkout.stripe.com/c/pay/cs_…"],
    )


class PaymentIntentOut(ResponseBody):
    """A payment that was started."""

    id: uuid.UUID = Field(description="The payment's ID.")
    proposal_id: uuid.UUID = Field(description="The proposal that is paid.")
    status: IntentStatus = Field(description="Where the payment is in its life cycle.")
    amount: MoneyBody = Field(description="The amount to pay.")
    invoice_id: uuid.UUID | None = Field(
        description="The invoice, once the payment has been received; null until then."
    )
    created_at: Moment = Field(description="When the payment was started.")
    expires_at: Moment | None = Field(description="When the payment page expires.")

    @classmethod
    def of(cls, row: PaymentIntent, invoice: Invoice | None) -> "PaymentIntentOut":
        """Return the answer of a row."""
        return cls.map_from(row, amount=Money(row.amount, row.currency), invoice_id=invoice.id if invoice else None)


class PaymentOut(ResponseBody):
    """A payment that was received."""

    id: uuid.UUID = Field(description="The payment's ID.")
    org_id: uuid.UUID = Field(description="The organization that paid.")
    payment_intent_id: uuid.UUID = Field(description="The payment that the money belongs to.")
    status: PaymentStatus = Field(
        description="`APPLIED` when the payment settled an invoice, `UNAPPLIED` when someone needs to check it."
    )
    amount: MoneyBody = Field(description="The amount received.")
    note: str | None = Field(description="Why the payment couldn't be applied; null when it was.")
    received_at: Moment = Field(description="When the payment was received.")

    @classmethod
    def of(cls, row: Payment) -> "PaymentOut":
        """Return the answer of a row."""
        return cls.map_from(row, amount=Money(row.amount, row.currency))


class InvoiceLineOut(ResponseBody):
    """A line item of an invoice."""

    description: str = Field(description="What was sold.")
    quantity: str = Field(description="The quantity, as a decimal.")
    unit_price: MoneyBody = Field(
        description="The price per unit. It includes tax if the invoice's `tax_inclusive` is true."
    )
    tax_rate: str = Field(description="The tax rate in per cent.")
    amount: MoneyBody = Field(
        description="Quantity times unit price, as the document shows it. It includes tax if `unit_price` does."
    )
    net: MoneyBody = Field(description="The amount without tax.")
    tax: MoneyBody = Field(description="The tax on this line.")

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
    """An invoice."""

    id: uuid.UUID = Field(description="The invoice's ID.")
    org_id: uuid.UUID = Field(description="The client's organization.")
    number: str = Field(description="The invoice number. Numbers are consecutive.", examples=["INV-2026-0042"])
    title: str = Field(description="What the invoice is for.")
    status: InvoiceStatus = Field(description="The invoice's status.")
    client: str = Field(description="The buyer's name when the invoice was issued.")
    project: ProjectRef = Field(description="The project that the invoice belongs to.")
    proposal_id: uuid.UUID = Field(description="The proposal that the invoice belongs to.")
    total: MoneyBody = Field(description="The total including tax.")
    balance: MoneyBody = Field(description="The amount still due.")
    issued_at: Moment = Field(description="When the invoice was issued.")
    paid_at: Moment | None = Field(description="When the invoice was paid; null until then.")
    is_pdf_ready: bool = Field(description="Whether the PDF can be downloaded.")

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
    """The seller, as recorded when the invoice was issued."""

    name: str = Field(description="The name that the seller trades under.", examples=["Northstar Automation"])
    legal_name: str = Field(
        description="The seller's registered name, which the document shows. Empty if it is the same as `name`."
    )
    registration_number: str | None = Field(description="The seller's company registration number.")
    address: str = Field(description="The seller's postal address, with line breaks.")
    tax_number: str | None = Field(description="The seller's tax number.")
    email: str | None = Field(description="The seller's e-mail address.")
    tax_name: str = Field(description="What the tax on sales is called.", examples=["VAT"])

    @classmethod
    def of(cls, kept: Mapping[str, object]) -> "SellerOut":
        """Return the answer of an invoice's block; what it does not keep is as it would be for a business without."""
        plain_business = Business().to_json() | {"name": ""}
        return cls.model_validate(plain_business | dict(kept))


class BuyerOut(ResponseBody):
    """The buyer, as recorded when the invoice was issued."""

    name: str = Field(description="The buyer's name.", examples=["Harbour Logistics"])
    project_code: str = Field(description="The code of the project.", examples=["PRJ-2026-019"])


class InvoiceDetailOut(InvoiceOut):
    """An invoice with its line items."""

    lines: list[InvoiceLineOut] = Field(description="The line items.")
    tax_inclusive: bool = Field(description="Whether unit prices and amounts of the line items include tax.")
    subtotal: MoneyBody = Field(description="The total without tax.")
    tax: MoneyBody = Field(description="The total tax.")
    taxes: list[TaxBody] = Field(
        description="The tax for each rate, the highest rate first. Together they come to `tax`."
    )
    seller: SellerOut = Field(description="Who sold, as it was when the invoice was issued.")
    buyer: BuyerOut = Field(description="Who bought, as it was when the invoice was issued.")

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
    """The confirmation of a webhook."""

    received: bool = Field(default=True, description="Always true.")
