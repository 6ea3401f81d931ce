"""The invoice as a document: what is printed is what was charged."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from capecontrol.adapters.pdf.renderer import WeasyPrintRenderer
from capecontrol.core.business import Business
from capecontrol.core.documents import PdfRenderer
from capecontrol.core.ports import Ports
from tests.features.billing.conftest import LINES, Shop
from tests.features.business.pictures import picture
from tests.kept_ports import kept


@pytest.fixture(scope="module")
def press() -> Iterator[WeasyPrintRenderer]:
    press = WeasyPrintRenderer()
    yield press
    press.close()


async def test_the_pdf_says_what_was_charged_and_is_kept_with_its_hash(shop: Shop, ports: Ports) -> None:
    renderer = WeasyPrintRenderer()
    ports.provide(PdfRenderer, renderer)
    invoice = await shop.paid()
    renderer.close()
    pdf = await shop.owner.client.get(f"/api/billing/invoices/{invoice['id']}/pdf")
    reader = PdfReader(BytesIO(pdf.content))
    text = " ".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ")
    assert reader.metadata is not None
    assert reader.metadata.title == f"Invoice {invoice['number']}"
    for words in (
        invoice["number"],
        "Invoice for Harbour Logistics",
        "Lead capture workflow",
        "Monitoring and support, months",
        "1.5",
        "R 333.33",
        "R 62,500.00",
        "15%",
        "R 9,375.00",
        "R 71,875.00",
        "Paid",
    ):
        assert words in text, words
    assert "Training day" not in text, "an optional line is not charged"
    [row] = await shop.rows("select pdf_sha256 from invoices")
    assert row["pdf_sha256"] == hashlib.sha256(pdf.content).hexdigest()


@pytest.mark.parametrize(("number", "title"), [("4123456789", "Tax invoice"), (None, "Invoice")])
async def test_only_a_business_with_a_tax_number_issues_a_tax_invoice(
    shop: Shop, ports: Ports, number: str | None, title: str
) -> None:
    with kept(ports, Business):
        ports.provide(Business, replace(ports.get(Business), tax_number=number))
        invoice = await shop.paid()

    pdf = await shop.owner.client.get(f"/api/billing/invoices/{invoice['id']}/pdf")

    assert f"<title>{title} {invoice['number']}</title>" in pdf.text
    assert f">{title} for Harbour Logistics<" in pdf.text


async def test_the_answer_names_the_seller_as_the_document_does(shop: Shop, ports: Ports) -> None:
    names = {"legal_name": "Northstar Automation (Pty) Ltd", "registration_number": "2019/123456/07"}
    with kept(ports, Business):
        ports.provide(Business, replace(ports.get(Business), **names))
        invoice = await shop.paid()

    pdf = await shop.owner.client.get(f"/api/billing/invoices/{invoice['id']}/pdf")

    for member, value in names.items():
        assert invoice["seller"][member] == value
        assert value in pdf.text


async def test_documents_of_what_was_sent_and_paid_carry_the_logo(shop: Shop, ports: Ports) -> None:
    renderer = WeasyPrintRenderer()
    with kept(ports, Business):
        ports.provide(PdfRenderer, renderer)
        file = {"file": ("logo.png", picture(colour="#14633c"), "image/png")}
        assert (await shop.operator.client.put("/api/business/logo", files=file)).status_code == 200
        invoice = await shop.paid()
    renderer.close()
    for path in (f"/api/billing/invoices/{invoice['id']}/pdf", f"/api/proposals/{invoice['proposal_id']}/pdf"):
        pdf = PdfReader(BytesIO((await shop.owner.client.get(path)).content))
        [logo] = pdf.pages[0].images
        assert logo.image is not None
        assert logo.image.convert("RGB").getpixel((3, 3)) == (0x14, 0x63, 0x3C)


async def test_documents_are_in_the_colour_of_the_business_under_its_initial(
    shop: Shop, ports: Ports, press: WeasyPrintRenderer
) -> None:
    with kept(ports, Business):
        ports.provide(PdfRenderer, press)
        ports.provide(Business, replace(ports.get(Business), name="émile & Zonen", accent="#7a1f5c", logo=None))
        invoice = await shop.paid()
    for path in (f"/api/billing/invoices/{invoice['id']}/pdf", f"/api/proposals/{invoice['proposal_id']}/pdf"):
        first, *_ = PdfReader(BytesIO((await shop.owner.client.get(path)).content)).pages
        content = first.get_contents()
        assert content is not None
        fills = [
            tuple(round(float(part) * 255) for part in found.split())
            for found in re.findall(rb"([\d.]+ [\d.]+ [\d.]+) rg", content.get_data())
        ]
        # What the initial is on, the rule below it, the rule above the total, and the total.
        assert fills.count((0x7A, 0x1F, 0x5C)) >= 4
        assert first.extract_text().startswith("É émile & Zonen")


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


async def test_the_invoice_names_the_same_rates_as_the_proposal(shop: Shop, ports: Ports) -> None:
    """Also those whose tax is zero: what was sold at zero per cent is a fact that a tax invoice states."""
    renderer = WeasyPrintRenderer()
    ports.provide(PdfRenderer, renderer)
    lines: list[dict[str, object]] = [
        LINES[0],
        LINES[0] | {"description": "Books", "tax_rate": "0.00", "unit_price": {"amount": 100_000, "currency": "ZAR"}},
        LINES[0] | {"description": "Stamp", "tax_rate": "9.00", "unit_price": {"amount": 5, "currency": "ZAR"}},
        LINES[0] | {"description": "Only shown", "tax_rate": "7.50", "optional": True},
    ]
    invoice = await shop.paid(lines)
    documents = [
        await shop.owner.client.get(f"/api/billing/invoices/{invoice['id']}/pdf"),
        await shop.owner.client.get(f"/api/proposals/{invoice['proposal_id']}/pdf"),
    ]
    renderer.close()

    tables = [tax_rows(pdf.content) for pdf in documents]

    assert tables[0] == [
        "VAT 15% on R 62,000.00 R 9,300.00",
        "VAT 9% on R 0.05 R 0.00",
        "VAT 0% on R 1,000.00 R 0.00",
    ]
    assert tables[0] == tables[1]
    shown = (await shop.owner.client.get(f"/api/billing/invoices/{invoice['id']}")).json()["taxes"]
    assert [(row["rate"], row["net"]["amount"], row["tax"]["amount"]) for row in shown] == [
        ("15.00", 6_200_000, 930_000),
        ("9.00", 5, 0),
        ("0.00", 100_000, 0),
    ]
    assert shown == (await shop.owner.client.get(f"/api/proposals/{invoice['proposal_id']}")).json()["taxes"]


async def test_one_rate_is_told_without_what_it_is_charged_on(shop: Shop) -> None:
    invoice = await shop.paid([LINES[0] | {"tax_rate": "0"}])

    pdf = await shop.owner.client.get(f"/api/billing/invoices/{invoice['id']}/pdf")

    assert "<td>VAT 0%</td><td>R\u00a00.00</td>" in pdf.text


@pytest.mark.parametrize("inclusive", [False, True])
async def test_an_invoice_of_the_first_release_says_what_it_said(shop: Shop, inclusive: bool) -> None:
    """0.1.0 stored lines without a version, and without what it had no use for."""
    invoice = await shop.paid(tax_inclusive=inclusive)
    path = f"/api/billing/invoices/{invoice['id']}"
    paper = await shop.owner.client.get(f"{path}/pdf")

    await shop.rows(
        "update invoices set pdf_key = null, line_items ="
        " (select jsonb_agg(line - '{version,optional,discount_amount}'::text[] order by place)"
        " from jsonb_array_elements(line_items) with ordinality as lines (line, place)) returning id"
    )
    [stored] = await shop.rows("select line_items from invoices")
    assert [sorted(line) for line in stored["line_items"]] == [
        ["description", "net", "quantity", "tax", "tax_inclusive", "tax_rate", "unit_price"]
    ] * 2
    await shop.rows(
        "update outbox set done_at = null, available_at = now(), enqueued_at = null"
        " where consumer = 'billing.write_invoice' returning id"
    )
    await shop.drain()

    assert (await shop.owner.client.get(path)).json() == invoice
    assert (await shop.owner.client.get(f"{path}/pdf")).content == paper.content


def tax_rows(pdf: bytes) -> list[str]:
    """Return the rows of the sums that name a rate."""
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    plain = " ".join(text.replace("\u00a0", " ").split())
    return re.findall(r"VAT \d+%(?: on R [\d,.]+)? R [\d,.]+\d", plain)


class IdleRenderer:
    """A renderer of which nothing is wanted."""

    async def render(self, html: str, pictures: Mapping[str, bytes] | None = None, *, source: str = "") -> bytes:
        raise AssertionError("rendered")


async def test_an_invoice_that_is_gone_is_neither_written_nor_mailed(shop: Shop, ports: Ports, tmp_path: Path) -> None:
    proposal = await shop.approved(is_mailed=True)
    await shop.pay((await shop.checkout(proposal)).json()["url"])
    await shop.receive_webhooks()
    await shop.drain(only={"billing.apply_stripe_webhook"})
    assert "billing.write_invoice" in await shop.drain.pending()
    await shop.rows("delete from invoices returning id")
    ports.provide(PdfRenderer, IdleRenderer())
    stored = set((tmp_path / "objects").rglob("*"))

    await shop.drain()

    dead = await shop.rows("select consumer, last_error from outbox where dead_at is not null")
    assert dead == [{"consumer": "billing.write_invoice", "last_error": "the invoice is gone"}]
    assert set((tmp_path / "objects").rglob("*")) == stored
    assert await shop.mails("Payment received") == []


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


@pytest.mark.parametrize("count", range(7, 13))
async def test_each_page_of_an_invoice_is_numbered_and_its_total_stands_with_an_item(
    shop: Shop, ports: Ports, press: WeasyPrintRenderer, count: int
) -> None:
    with kept(ports, PdfRenderer):
        ports.provide(PdfRenderer, press)
        invoice = await shop.paid([LINES[0] | {"description": f"Item {number} of {count}"} for number in range(count)])
    paper = await shop.owner.client.get(f"/api/billing/invoices/{invoice['id']}/pdf")

    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(paper.content)).pages]

    for number, page in enumerate(pages, 1):
        assert f"Invoice {invoice['number']}" in page
        assert f"Page {number} of {len(pages)}" in page
    assert f"Item {count - 1} of {count}" in next(page for page in pages if "Total R" in page)
