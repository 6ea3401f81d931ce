"""An invoice as a document: what the template needs, from the snapshot alone."""

from dataclasses import dataclass
from decimal import Decimal

from capecontrol.core.money import Money
from capecontrol.core.templating import templates
from capecontrol.features.billing.models import Invoice


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One line, as it was priced when the proposal was approved."""

    description: str
    quantity: Decimal
    unit_price: Money
    tax_rate: Decimal
    is_tax_inclusive: bool
    net: Money
    tax: Money

    @property
    def amount(self) -> Money:
        """Return what the line shows: of the same kind as its unit price, so that the two can be compared."""
        return self.net + self.tax if self.is_tax_inclusive else self.net


def lines_of(invoice: Invoice) -> list[InvoiceLine]:
    """Return the lines of the snapshot."""

    def money(value: object) -> Money:
        return Money(int(str(value)), invoice.currency)

    return [
        InvoiceLine(
            description=str(line["description"]),
            quantity=Decimal(str(line["quantity"])),
            unit_price=money(line["unit_price"]),
            tax_rate=Decimal(str(line["tax_rate"])),
            is_tax_inclusive=bool(line["tax_inclusive"]),
            net=money(line["net"]),
            tax=money(line["tax"]),
        )
        for line in invoice.line_items
    ]


def tax_by_rate(lines: list[InvoiceLine], currency: str) -> list[tuple[Decimal, Money]]:
    """Return the tax of each rate, highest first: a tax invoice names them apart."""
    sums: dict[Decimal, int] = {}
    for line in lines:
        sums[line.tax_rate] = sums.get(line.tax_rate, 0) + line.tax.amount
    return [(rate, Money(amount, currency)) for rate, amount in sorted(sums.items(), reverse=True) if amount]


def invoice_html(invoice: Invoice, timezone: str) -> str:
    """Return the complete HTML document of an invoice, its dates in the issuer's time zone."""
    lines = lines_of(invoice)
    return (
        templates("capecontrol.features.billing", "documents")
        .get_template("invoice.html")
        .render(
            number=invoice.number,
            timezone=timezone,
            title=invoice.title,
            status=invoice.status,
            issued_at=invoice.issued_at,
            paid_at=invoice.paid_at,
            seller=invoice.seller,
            buyer=invoice.buyer,
            lines=lines,
            is_tax_inclusive=any(line.is_tax_inclusive for line in lines),
            taxes=tax_by_rate(lines, invoice.currency),
            subtotal=Money(invoice.subtotal, invoice.currency),
            total=Money(invoice.total, invoice.currency),
        )
    )
