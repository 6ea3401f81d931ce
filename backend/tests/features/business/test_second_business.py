"""A second business that is set up by the API: nothing that a client sees has a trace of the first."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader

from capecontrol.adapters.pdf.renderer import WeasyPrintRenderer
from capecontrol.core.business import Business
from capecontrol.core.documents import PdfRenderer
from capecontrol.core.letterhead import letterhead
from capecontrol.core.links import Links
from capecontrol.core.ports import Ports
from capecontrol.core.storage import ObjectStorage
from capecontrol.features.notifications.mail_templates import MailTemplates
from capecontrol.main.features import mails
from tests.client import Client
from tests.features.business.pictures import picture
from tests.features.business.test_business import BANK, DUTCH
from tests.features.notifications.test_every_mail import example
from tests.kept_ports import kept
from tests.people import People

#: The demonstration's name and place, its colour, currency and tax, and the product's own name.
TRACES = re.compile(r"Northstar|Signal Street|Cape Town|#006c94|#006a9|\bZAR\b|\bVAT\b|CapeControl", re.IGNORECASE)


async def _set_up(people: People) -> Client:
    client = (await people.operator()).client
    assert (await client.patch("/api/business", DUTCH)).is_success
    assert (await client.put("/api/business/bank-details", {"bank": BANK})).is_success
    logo = await client.put("/api/business/logo", files={"file": ("logo.png", picture(), "image/png")})
    assert logo.is_success
    return client


def _traces(text: str) -> list[str]:
    return TRACES.findall(text)


@pytest.mark.parametrize("declared", list(mails()), ids=lambda mail: mail.template)
async def test_every_mail_is_in_its_name(declared: type, people: People, ports: Ports) -> None:
    await _set_up(people)
    business = ports.get(Business)

    mail = ports.get(MailTemplates).write(example(declared), business, ports.get(Links).public_url)

    assert _traces(mail.subject + mail.text + mail.html) == []
    for part in ("Van Dijk Automatisering", "Keizersgracht 12", "1015 CX Amsterdam"):
        assert part in mail.text
        assert part in mail.html
    assert f"http://localhost:8000{business.logo.path if business.logo else None}" in mail.html
    assert "#7a1f5c" in mail.html


@pytest.fixture
def printed(ports: Ports) -> Iterator[None]:
    """Documents are PDFs, as in the product."""
    press = WeasyPrintRenderer()
    with kept(ports, PdfRenderer):
        ports.provide(PdfRenderer, press)
        yield
    press.close()


@pytest.mark.usefixtures("printed")
async def test_a_proposal_is_in_its_name_as_a_page_and_as_a_pdf(people: People) -> None:
    client = await _set_up(people)
    organization = await people.organization("Harbour Logistics")
    project = (await client.post("/api/projects", {"org_id": str(organization), "title": "Reports"})).json()
    line = {
        "description": "Work",
        "quantity": "1",
        "unit_price": {"amount": 123456, "currency": "EUR"},
        "tax_rate": "21",
    }
    draft = (
        await client.post("/api/proposals", {"project_id": project["id"], "title": "Reports", "line_items": [line]})
    ).json()
    pdf = await client.get(f"/api/proposals/{draft['id']}/pdf")

    reader = PdfReader(BytesIO(pdf.content))
    text = " ".join(page.extract_text() for page in reader.pages)

    assert pdf.status_code == 200
    [logo] = reader.pages[0].images
    assert logo.image is not None
    assert (logo.image.size, logo.image.convert("RGB").getpixel((3, 3))) == ((64, 32), (0x7A, 0x1F, 0x5C))
    assert _traces(text) == []
    assert "Van Dijk Automatisering" in text
    assert "BTW" in text
    assert "1.493,82" in text


async def test_its_public_answers_are_its_own(people: People) -> None:
    await _set_up(people)
    stranger = people.stranger()
    for path in ("/api/branding", "/api/branding/theme.css"):
        answer = await stranger.get(path)
        assert answer.is_success
        assert _traces(answer.text) == [], path


async def test_a_logo_that_the_storage_lost_leaves_a_document_without_it(people: People, ports: Ports) -> None:
    await _set_up(people)
    business, storage = ports.get(Business), ports.get(ObjectStorage)
    assert business.logo is not None
    assert list(await letterhead(storage, business)) == ["logo"]
    await storage.delete(business.logo.storage_key)
    assert await letterhead(storage, business) == {}
