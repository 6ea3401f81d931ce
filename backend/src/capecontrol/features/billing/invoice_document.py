"""An invoice as a document: what the template needs, from the snapshot."""

from collections.abc import Mapping

from capecontrol.core.business import Business
from capecontrol.core.line_items.column_widths import ColumnWidths
from capecontrol.core.line_items.pricing import PricedLine
from capecontrol.core.line_items.snapshot import read_lines
from capecontrol.core.line_items.tax_table import tax_table
from capecontrol.core.templating import templates
from capecontrol.features.billing.models import Invoice


def filename_of(invoice: Invoice) -> str:
    """Return how the file is called where it is saved: ``INV-2026-0042.pdf``."""
    return f"{invoice.number}.pdf"


def lines_of(invoice: Invoice) -> list[PricedLine]:
    """Return the lines of an invoice as they were priced when the proposal was approved."""
    return read_lines(invoice.line_items)


def invoice_html(invoice: Invoice, business: Business, pictures: Mapping[str, bytes]) -> str:
    """Return the complete HTML document of an invoice, which ``pictures`` come with.

    What it says is the snapshot's; how figures are written, and in which colours, is the business's.
    """
    lines = lines_of(invoice)
    return (
        templates("capecontrol.features.billing", "documents")
        .get_template("invoice.html")
        .render(
            number=invoice.number,
            formats=business.formats,
            widths=ColumnWidths.of(lines, business.formats, invoice.currency),
            accents=business.light_accents,
            pictures=pictures,
            title=invoice.title,
            status=invoice.status,
            issued_at=invoice.issued_at,
            paid_at=invoice.paid_at,
            seller=invoice.seller,
            buyer=invoice.buyer,
            lines=lines,
            is_tax_inclusive=any(line.is_tax_inclusive for line in lines),
            taxes=tax_table(lines),
            currency=invoice.currency,
            subtotal=invoice.subtotal,
            total=invoice.total,
        )
    )
