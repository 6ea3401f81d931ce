"""The document as paper: where its pages end, and what stands on each of them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from capecontrol.adapters.pdf.renderer import WeasyPrintRenderer
from capecontrol.core.business import Business
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.documents import PdfRenderer
from capecontrol.core.ports import Ports
from tests.features.proposals.agency import LINES, Agency
from tests.features.proposals.carriers import HtmlRenderer
from tests.kept_ports import kept
from tests.outbox_drain import Drain
from tests.people import SYSTEM, People

SUMMARY = (
    "We look at how your enquiries reach you today, and set up a workflow that answers, sorts and files each of them.\n"
    "Your team keeps the tools it knows. We train two people, and stay for a month after the start.\n"
    "Everything is documented, so that you can change it without us."
)
TERMS = "\n".join(f"{number}. Work starts within ten days of approval and is paid on approval." for number in range(6))
SIGNATURE = "Accepted on behalf of Harbour Logistics"


@pytest.fixture(scope="module")
def press() -> Iterator[WeasyPrintRenderer]:
    press = WeasyPrintRenderer()
    yield press
    press.close()


@pytest.fixture(autouse=True)
def printed(ports: Ports, renderer: HtmlRenderer, press: WeasyPrintRenderer) -> None:
    """Print for real; ``renderer`` puts back what was wired."""
    ports.provide(PdfRenderer, press)


LONG_ITEM = (
    "Training for your team, on site, with a handbook and a recording for everyone who cannot attend on the day itself"
)
SHORT_TERMS = (
    "Payment on approval. Work begins on the day of payment.\n"
    "We correct faults free of charge for 30 days after delivery."
)
LONG_TITLE = "Month-end reconciliation of card payments with the bank statement and the till"


@pytest.mark.parametrize("client", ["Harbour Logistics", "Table Mountain Cycle Works and Adventure Tours (Pty) Ltd"])
@pytest.mark.parametrize("count", range(1, 6))
async def test_a_short_proposal_is_one_page(
    agency: Agency, people: People, drain: Drain, ports: Ports, count: int, client: str
) -> None:
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        named = text("update organizations set name = :name where id = :id")
        await work.session.execute(named, {"name": client, "id": agency.org_id})
    lines = [LINES[0] | {"description": f"Item {number} of this proposal"} for number in range(1, count + 1)]
    lines[0]["description"] = LONG_ITEM
    with kept(ports, Business):
        ports.provide(Business, _complete(ports.get(Business)))
        sent = await agency.sent(
            title=LONG_TITLE if count < 5 else "Order intake",
            summary=SUMMARY.partition("\n")[0],
            terms=SHORT_TERMS,
            line_items=lines,
        )
        await drain()

    (page,) = await pages_of(agency, sent["id"])
    assert f"Prepared for {client}" in page
    assert " ".join(SHORT_TERMS.split()) in page


@pytest.mark.parametrize("terms", ["", "Payable on approval.", TERMS], ids=["no terms", "a line", "six lines"])
@pytest.mark.parametrize("count", range(1, 7))
async def test_no_page_is_left_to_the_signature_alone(agency: Agency, drain: Drain, count: int, terms: str) -> None:
    lines = [LINES[0] | {"description": f"Item {number} of this proposal"} for number in range(1, count + 1)]
    sent = await agency.sent(summary=SUMMARY, terms=terms, line_items=lines)
    await drain()

    pages = await pages_of(agency, sent["id"])

    code, hash_ = sent["project_code"], sent["content_hash"]
    rests = []
    for number, page in enumerate(pages, 1):
        foot = (f"{code} · version 1", f"Content SHA-256 {hash_}", f"Page {number} of {len(pages)}")
        rests.append(without(page, *foot, *(["Northstar Automation · Lead capture"] if number > 1 else [])))
    assert rests[-1].count(SIGNATURE) == 1
    assert without(rests[-1].partition(f"{code}, version 1, for R")[0], SIGNATURE), rests
    total = next(rest for rest in rests if "Total R" in rest)
    assert f"Item {count} of" in total, "the total is read with an item that it adds up"
    if terms:
        assert terms.splitlines()[-1] in rests[-1]


async def test_amounts_of_millions_do_not_touch_what_stands_beside_them(agency: Agency, drain: Drain) -> None:
    large = LINES[0] | {"quantity": "12.5", "unit_price": {"amount": 8_888_888_800, "currency": "ZAR"}}
    sent = await agency.sent(line_items=[large | {"description": LONG_ITEM}])
    await drain()
    paper = await agency.owner.client.get(f"/api/proposals/{sent['id']}/pdf")
    page = PdfReader(BytesIO(paper.content)).pages[0]
    laid_out = page.extract_text(extraction_mode="layout").replace("\u00a0", " ")
    (line,) = [line for line in laid_out.splitlines() if "88,888,888.00" in line]
    assert re.search(r"12.5 +R ?88,888,888.00 +R ?1,111,111,100.00$", line.rstrip()), line


async def test_the_signature_says_what_is_signed_and_where_it_is_approved_online(agency: Agency, drain: Drain) -> None:
    sent, draft = await agency.sent(terms=SHORT_TERMS), await agency.draft()
    await drain()
    (page,), (of_draft,) = await pages_of(agency, sent["id"]), await pages_of(agency, draft["id"])
    total = sent["total"]["amount"] / 100
    accepted = f"{sent['project_code']}, version 1, for R {total:,.2f} incl. VAT, with the terms above."
    assert accepted in page
    assert "pprove online at " in page
    # What may still change is not signed.
    assert SIGNATURE not in of_draft


async def test_extras_stay_together_under_what_they_are(agency: Agency, drain: Drain) -> None:
    extras = [LINES[0] | {"description": f"Extra {number}", "optional": True} for number in range(3)]
    lines = [LINES[0] | {"description": LONG_ITEM}] * 4
    sent = await agency.sent(line_items=[*lines, *extras], terms=SHORT_TERMS, summary=SUMMARY)
    await drain()
    pages = await pages_of(agency, sent["id"])
    (page,) = [page for page in pages if "Extra 0" in page]
    assert "Optional extras (not included in the total, prices excl. VAT)" in page
    assert "Extra 2" in page


async def test_a_deposit_that_nobody_charges_is_not_on_paper(agency: Agency, drain: Drain) -> None:
    sent = await agency.sent(deposit={"amount": 123_400, "currency": "ZAR"})
    await drain()
    first, *_ = await pages_of(agency, sent["id"])
    assert "Excl. VAT" in first
    assert "1,234.00" not in first


async def test_the_first_page_says_when_it_was_sent_and_whom_to_ask(agency: Agency, drain: Drain, ports: Ports) -> None:
    with kept(ports, Business):
        business = _complete(ports.get(Business))
        ports.provide(Business, business)
        sent = await agency.sent()
        await drain()
    first, *_ = await pages_of(agency, sent["id"])
    day = business.formats.date_of(datetime.fromisoformat(sent["sent_at"]))
    assert f"{sent['project_code']} · version 1 · {day}" in first
    assert "Prepared for Harbour Logistics" in first
    assert "From Northstar Automation (Pty) Ltd 12 Harbour Road Cape Town VAT number 4010203040" in first
    assert "Questions hello@northstar.example +27 21 555 0100" in first


def _complete(business: Business) -> Business:
    """Return a business that says all that stands at the head of its paper."""
    return replace(
        business,
        legal_name="Northstar Automation (Pty) Ltd",
        address="12 Harbour Road\nCape Town",
        email="hello@northstar.example",
        phone="+27 21 555 0100",
        website=None,
        tax_number="4010203040",
    )


async def pages_of(agency: Agency, proposal_id: str) -> list[str]:
    """Return the text of each page, in one line."""
    paper = await agency.operator.client.get(f"/api/proposals/{proposal_id}/pdf")
    pages = PdfReader(BytesIO(paper.content)).pages
    return [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in pages]


def without(text: str, *parts: str) -> str:
    """Return a text without some parts that it must have."""
    for part in parts:
        assert part in text, (part, text)
        text = text.replace(part, "", 1)
    return text.strip()
