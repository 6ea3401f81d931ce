"""The invoice as a document: what is printed is what was charged."""

import hashlib
from io import BytesIO

import pytest
from pypdf import PdfReader

from capecontrol.adapters.pdf.renderer import WeasyPrintRenderer
from capecontrol.core.documents import PdfRenderer
from capecontrol.core.ports import Ports
from tests.features.billing.conftest import LINES, Shop


async def test_the_pdf_says_what_was_charged_and_is_kept_with_its_hash(shop: Shop, ports: Ports) -> None:
    renderer = WeasyPrintRenderer()
    ports.provide(PdfRenderer, renderer)
    invoice = await shop.paid()
    renderer.close()
    pdf = await shop.owner.client.get(f"/api/billing/invoices/{invoice['id']}/pdf")
    reader = PdfReader(BytesIO(pdf.content))
    text = " ".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ")
    assert reader.metadata is not None
    assert reader.metadata.title == f"Tax invoice {invoice['number']}"
    for words in (
        invoice["number"],
        "Tax invoice for Harbour Logistics",
        "Lead capture workflow",
        "Monitoring and support, months",
        "1.5",
        "R 333.33",
        "R 62,500.00",
        "15 %",
        "R 9,375.00",
        "R 71,875.00",
        "Paid",
    ):
        assert words in text, words
    assert "Training day" not in text, "an optional line is not charged"
    [row] = await shop.rows("select pdf_sha256 from invoices")
    assert row["pdf_sha256"] == hashlib.sha256(pdf.content).hexdigest()


@pytest.mark.parametrize(("inclusive", "amounts"), [(False, [10_000]), (True, [11_500])])
async def test_a_lines_amount_is_of_the_kind_of_its_price(shop: Shop, inclusive: bool, amounts: list[int]) -> None:
    price = 11_500 if inclusive else 10_000
    line = LINES[0] | {"unit_price": {"amount": price, "currency": "ZAR"}}
    invoice = await shop.paid([line], tax_inclusive=inclusive)
    assert invoice["tax_inclusive"] is inclusive
    assert [shown["amount"]["amount"] for shown in invoice["lines"]] == amounts
    assert invoice["subtotal"]["amount"] == 10_000
    assert invoice["tax"]["amount"] == 1_500
    assert invoice["total"]["amount"] == 11_500


async def test_a_second_attempt_keeps_the_file_that_was_mailed(shop: Shop) -> None:
    invoice = await shop.paid()
    before = await shop.rows("select pdf_key, pdf_sha256 from invoices")
    await shop.rows(
        "update outbox set done_at = null, available_at = now(), enqueued_at = null"
        " where consumer = 'billing.write_invoice' returning id"
    )
    await shop.drain()
    assert await shop.rows("select pdf_key, pdf_sha256 from invoices") == before
    assert (await shop.owner.client.get(f"/api/billing/invoices/{invoice['id']}/pdf")).status_code == 200
