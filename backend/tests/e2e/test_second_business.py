"""A business that is not the demonstration's, set up by clicks: all that its clients see is its own."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from tests.e2e.person import Person, present
from tests.e2e.readings import refusals, settings
from tests.e2e.running import Running, running

pytestmark = pytest.mark.e2e

BUSINESS = "Waddenzee Automatisering"
DEMO = "Demo-pass-2026!"
CLIENT = "Hofstra Bloemen"
OWNER = "femke@hofstra.example"
PASSWORD = "Kwelder-en-wad-2026"
PROJECT = "Orders from the auction"
PROPOSAL = "Orders from the auction, booked overnight"
#: € 1.250,00 and 21 % of it.
TOTAL = re.compile(r"€\s?1\.512,50")
#: What only the first business, its place, its money and its formats would leave behind.
TRACES = re.compile(
    r"northstar|signal street|cape town|south africa|\bZAR\b|\bVAT\b|\bR\s?\d|\d,\d{3}\.\d\d|\d\.\d\d\s?%"
    r"|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}"
    r"|take the typing|lead capture"
    r"|2018/000000/07|\b4000000000\b|555 ?0142|table bay|\b62000000000\b|DEMOZAJJ|\b000000\b"
    r"|day of payment|faults free of charge",
    re.IGNORECASE,
)
#: The digest in a built file's name and the token of a link may read as an amount: "combobox-R1-V4MJJ.js".
RANDOM = re.compile(r"/assets/[\w.-]+\.(?:js|css)\b|/[\w-]{43}(?![\w-])")
#: What a listener meets where no other walk passes.
READINGS = {"profile": settings.PROFILE, "no access": refusals.NO_ACCESS, "not found": refusals.NOT_FOUND}
#: The colour of the first, as style sheets and documents write it.
FIRST_ACCENT = re.compile(r"#006c94", re.IGNORECASE)


@dataclass(slots=True)
class Seen:
    """Everything that a client was shown, by where it was shown."""

    texts: dict[str, str] = field(default_factory=dict)

    def keep(self, where: str, page: Page) -> None:
        """Keep a page as it is drawn, with its title and what only readers of the markup see."""
        self.texts[where] = page.content()

    def keep_text(self, where: str, text: str) -> None:
        """Keep the text of something that is no page."""
        self.texts[where] = text

    def traces(self) -> dict[str, list[str]]:
        """Return what is left of the first business, by where it was shown."""
        said = {where: RANDOM.sub("", text) for where, text in self.texts.items()}
        found = {where: sorted({*TRACES.findall(text), *FIRST_ACCENT.findall(text)}) for where, text in said.items()}
        return {where: traces for where, traces in found.items() if traces}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Start a product of its own: the business is the whole installation's."""
    with running(tmp_path_factory.mktemp("second") / "home") as found:
        yield found


def test_a_second_business_is_on_everything_that_a_client_sees(
    installation: Running, browser: Browser, tmp_path: Path
) -> None:
    # The browser notes the refusal after which the page asks for the password.
    operator = Person(browser, installation.address, tmp_path, told=r"status of 403 .*/api/business")
    # … and what belongs to auditors, where the client goes to see the refusal, and a page that is not there.
    client = Person(
        browser, installation.address, tmp_path, told=r"status of 403 .*/api/audit|status of 404 .*/nowhere"
    )
    seen = Seen()
    with present(operator=operator, client=client):
        _set_up(operator)
        _meet(client, seen)
        _join(client, seen)
        _propose(operator)
        _decide_and_pay(client, seen)
        _look_around(client, seen)
    assert not seen.traces()
    nameless = [where for where, text in seen.texts.items() if BUSINESS not in text]
    assert not nameless


def _set_up(operator: Person) -> None:
    """Fill in the page of the business, section by section, each form with its own save."""
    page = operator.page
    page.goto("/login")
    operator.sign_in("operator@demo.test", DEMO)
    operator.go_to("Business")
    page.add_locator_handler(page.get_by_role("dialog", name="Confirm it’s you"), _confirm)

    names = _part(page, "Name and address")
    names.get_by_label("Trading name").fill(BUSINESS)
    names.get_by_label("Legal name").fill(f"{BUSINESS} B.V.")
    names.get_by_label("Address").fill("Havenkade 12\n8861 AA Harlingen")
    _choose(names.get_by_role("combobox", name="Country"), "Netherlands")
    _save(names, "Name and address saved")
    registration = _part(page, "Registration")
    registration.get_by_label("Company registration number").fill("KvK 60123456")
    registration.get_by_label("VAT number").fill("NL861234567B01")
    _save(registration, "Registration saved")
    contact = _part(page, "Contact details")
    contact.get_by_label("E-mail address").fill("hallo@waddenzee.example")
    contact.get_by_label("Phone number").fill("+31 517 123456")
    contact.get_by_label("Website").fill("https://waddenzee.example")
    _save(contact, "Contact details saved")

    _open(page, "Brand")
    logo = _part(page, "Logo")
    logo.locator("input[type=file]").set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": _logo()})
    expect(page.get_by_text("Logo saved")).to_be_visible()
    accent = _part(page, "Accent colour")
    accent.get_by_label("On light pages", exact=True).fill("#7a3e9d")
    _save(accent, "Accent colour saved")

    _open(page, "Money")
    prices = _part(page, "Prices and terms")
    _choose(prices.get_by_role("combobox", name="Currency"), "EUR")
    prices.get_by_label("Tax name").fill("BTW")
    prices.get_by_label("Days to pay").fill("30")
    prices.get_by_label("Standard terms").fill("Payable within thirty days.")
    _save(prices, "Prices and terms saved")
    rates = _part(page, "Tax rates")
    rates.get_by_label("Name").fill("BTW")
    rates.get_by_label("Rate (%)").fill("21")
    rates.get_by_label("Effective from").fill("2012-10-01")
    rates.get_by_role("button", name="Add rate").click()
    expect(page.get_by_text("Tax rate added")).to_be_visible()
    # Beside the demonstration's VAT of 15 %, which is still the default.
    rates.get_by_role("button", name="Use BTW for new lines").click()
    expect(page.get_by_text("New lines now start with BTW")).to_be_visible()
    expect(rates.get_by_role("button", name="Use VAT for new lines")).to_be_visible()
    expect(rates.get_by_text("Default for new lines")).to_have_count(1)
    bank = _part(page, "Bank details")
    bank.get_by_label("Account name").fill(f"{BUSINESS} B.V.")
    bank.get_by_label("Account number or IBAN").fill("NL91ABNA0417164300")
    bank.get_by_role("textbox", name=re.compile("^Bank")).fill("Wadbank")
    bank.get_by_label("Branch code").fill("")
    bank.get_by_label("BIC (SWIFT)").fill("ABNANL2A")
    bank.get_by_role("button", name="Save bank details").click()
    expect(page.get_by_text("Bank details saved")).to_be_visible()

    _open(page, "Formats")
    formats = _part(page, "Numbers, dates and time")
    formats.get_by_label("Numbers", exact=True).select_option("1.234,56")
    formats.get_by_label("Dates", exact=True).select_option("21-11-2026")
    _choose(formats.get_by_role("combobox", name="Time zone"), "Europe/Amsterdam")
    _save(formats, "Formats saved")

    _open(page, "Home page")
    door = _part(page, "Home page content")
    door.get_by_role("textbox", name=re.compile("^Headline")).fill("Your orders, booked before you open")
    door.get_by_label("Introduction").fill(f"{BUSINESS} connects auction, stock and bookkeeping.")
    for number, offer in enumerate(("Orders", "Stock", "Bookkeeping"), 1):
        door.get_by_role("textbox", name=re.compile(f"^Offer {number}")).fill(offer)
        door.get_by_label(f"Description of offer {number}").fill(f"{offer} that keep themselves up to date.")
        door.get_by_role("button", name=f"Remove picture {number}").click()
    door.get_by_label("Contact").fill("Tell us about your busiest hour.")
    door.get_by_role("textbox", name=re.compile("^About")).fill(
        f"{BUSINESS} works for growers and florists in the north."
    )
    _save(door, "Home page saved")
    operator.look("the second business, set up")


def _meet(client: Person, seen: Seen) -> None:
    """Come to the front door, and read what the browser is handed beside the pages."""
    page = client.page
    for where, address in (
        ("front door", "/"),
        ("about", "/about"),
        ("sign-in", "/login"),
        ("registration", "/register/step-1"),
    ):
        page.goto(address)
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        client.look(where)
        seen.keep(where, page)
    branding = page.request.get("/api/branding")
    seen.keep_text("branding", branding.text())
    logo = page.request.get(branding.json()["logo"]["url"])
    assert logo.headers["content-type"].startswith("image/")


def _join(client: Person, seen: Seen) -> None:
    """Register, verify the address from the mail, sign in, and go through onboarding."""
    page = client.page
    page.goto("/register/step-1")
    page.get_by_label("Organization").fill(CLIENT)
    page.get_by_label("Your name").fill("Femke Hofstra")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("E-mail address").fill(OWNER)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    seen.keep("registration, step 2", page)
    page.get_by_role("button", name=re.compile("^(Register|Create)")).click()
    expect(page.get_by_role("heading", name="Check your e-mail")).to_be_visible()
    seen.keep("registered", page)
    mail = _open_mail(client, seen, "Confirm your e-mail address")
    client.follow(mail, "Confirm e-mail address")
    page = client.page
    expect(page.get_by_role("heading", name=re.compile("confirmed"))).to_be_visible()
    seen.keep("verified", page)
    page.get_by_role("link", name="Sign in").click()
    client.sign_in(OWNER, PASSWORD)
    expect(page.get_by_role("heading", name="Welcome, Femke")).to_be_visible()
    seen.keep("welcome", page)
    page.get_by_role("button", name="Get started").click()
    page.get_by_label("Job title").fill("Owner")
    seen.keep("onboarding, profile", page)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="What happens next")).to_be_visible()
    seen.keep("onboarding, checklist", page)
    page.get_by_role("button", name="Continue").click()
    seen.keep("onboarding, guide", page)
    page.get_by_role("button", name="Go to your dashboard").click()
    expect(page.get_by_role("heading", level=1, name="Dashboard")).to_be_visible()
    seen.keep("dashboard, empty", page)


def _propose(operator: Person) -> None:
    """Write and send a proposal: currency, rate and terms are the business's without anybody entering them."""
    page = operator.page
    operator.go_to("Projects")
    page.get_by_role("main").get_by_role("button", name="New project").first.click()
    panel = page.get_by_role("dialog", name="New project")
    _choose(panel.get_by_role("combobox", name="Client"), CLIENT)
    panel.get_by_label("Title").fill(PROJECT)
    panel.get_by_role("button", name="Create project").click()
    expect(page.get_by_role("heading", level=1, name=PROJECT)).to_be_visible()
    page.get_by_role("link", name=re.compile("(Write|Create) proposal")).first.click()
    page.get_by_label("Title").fill(PROPOSAL)
    line = page.get_by_role("list", name="Line items").get_by_role("listitem").first
    line.get_by_label("Line 1 description", exact=True).fill("Booking of orders")
    line.get_by_label("Price (EUR)").fill("1250")
    expect(line.get_by_label("BTW (%)")).to_have_value("21")
    expect(page.get_by_label("Terms").last).to_have_value("Payable within thirty days.")
    expect(page.get_by_text(TOTAL).first).to_be_visible()
    page.get_by_role("button", name="Send proposal").click()
    page.get_by_role("dialog").get_by_role("button", name="Send proposal").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def _decide_and_pay(client: Person, seen: Seen) -> None:
    """Open the proposal from its mail, approve and pay it, and read its documents."""
    mail = _open_mail(client, seen, PROPOSAL)
    with mail.expect_download() as attachment:
        mail.get_by_role("link", name=re.compile(r"\.pdf$")).click()
    seen.keep_text("the proposal's PDF", _pdf(Path(attachment.value.path())))
    client.follow(mail, "Review proposal")
    page = client.page
    expect(page.get_by_role("heading", name=PROPOSAL)).to_be_visible()
    expect(page.get_by_text(TOTAL).first).to_be_visible()
    client.look("the proposal of the second business")
    seen.keep("the proposal by its link", page)
    page.get_by_role("button", name="Approve").click()
    question = page.get_by_role("dialog")
    seen.keep("approving", page)
    question.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved by Femke Hofstra")).to_be_visible()
    seen.keep("approved", page)
    page.get_by_role("button", name=re.compile("^Pay ")).click()
    # Stripe writes the amount as it likes, and names nobody.
    expect(page.get_by_role("heading", level=1, name=re.compile("^To pay"))).to_contain_text(
        re.compile(r"€\s?1.512.50")
    )
    page.get_by_role("button", name=re.compile(r"^Pay (?!by )")).click()
    expect(page.get_by_text(re.compile("Thank you"))).to_be_visible()
    seen.keep("paid", page)
    page.get_by_role("link", name="Open invoice").click()
    expect(page.get_by_role("heading", level=1, name=re.compile("^INV-"))).to_be_visible()
    download = page.get_by_role("button", name="Download PDF")
    expect(download).to_be_enabled()
    seen.keep("the invoice", page)
    with page.expect_download() as invoice:
        download.click()
    text = _pdf(Path(invoice.value.path()))
    seen.keep_text("the invoice's PDF", text)
    assert TOTAL.search(text)
    for printed in ("NL861234567B01", "KvK 60123456", "Harlingen", "BTW"):
        assert printed in text
    _open_mail(client, seen, "INV-").close()


def _look_around(client: Person, seen: Seen) -> None:
    """Go through the rest of what a client can open, the pages for what is not there among them."""
    page = client.page
    for where, address in (
        ("dashboard", "/dashboard"),
        ("projects", "/projects"),
        ("proposals", "/proposals"),
        ("invoices", "/invoices"),
        ("help", "/help"),
        ("profile", "/settings/profile"),
        ("no access", "/audit"),
        ("not found", "/nowhere"),
    ):
        page.goto(address)
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        expect(page.get_by_role("status", name="Loading")).to_have_count(0)
        client.look(f"{where}, of the second business")
        if where in READINGS:
            client.reads(READINGS[where])
        seen.keep(where, page)
    page.goto("/projects")
    page.get_by_role("main").get_by_role("link", name=PROJECT).click()
    expect(page.get_by_role("heading", level=1, name=PROJECT)).to_be_visible()
    expect(page.get_by_role("status", name="Loading")).to_have_count(0)
    seen.keep("project", page)


def _open(page: Page, section: str) -> None:
    """Open a section of the page of the business."""
    page.get_by_role("navigation", name="Sections of Business").get_by_role("link", name=section).click()
    expect(page.get_by_role("heading", level=2, name=section, exact=True)).to_be_visible()


def _part(page: Page, title: str) -> Locator:
    """Return a card of the page by its heading."""
    return page.locator("section").filter(has=page.get_by_role("heading", name=title, exact=True)).last


def _save(part: Locator, done: str) -> None:
    part.get_by_role("button", name="Save changes").click()
    expect(part.page.get_by_text(done).first).to_be_visible()


def _choose(box: Locator, option: str) -> None:
    """Type a choice over what is there; the list that opens takes the rest of the page away from readers."""
    box.focus()
    box.page.keyboard.press("Control+a")
    box.page.keyboard.type(option)
    box.page.get_by_role("option", name=option).first.click()


def _confirm(dialog: Locator) -> None:
    dialog.get_by_label("Password", exact=True).fill(DEMO)
    dialog.get_by_role("button", name="Confirm").click()
    expect(dialog).to_be_hidden()


def _open_mail(client: Person, seen: Seen, subject: str) -> Page:
    """Open a mail, and keep its subject and both its parts."""
    mail = client.open_mail(OWNER, subject)
    sent = mail.request.get("/api/dev/mailbox").json()["items"]
    newest = next(one for one in sent if one["to"] == OWNER and subject in one["subject"])
    seen.keep_text(f"mail, {subject}", f"{newest['subject']}\n{newest['text']}\n{newest['html']}")
    return mail


def _pdf(path: Path) -> str:
    """Return what a document says, with its properties."""
    reader = PdfReader(path)
    return "\n".join(
        [*(page.extract_text() for page in reader.pages), *(str(value) for value in (reader.metadata or {}).values())]
    )


def _logo() -> bytes:
    picture = Image.new("RGBA", (320, 96))
    ImageDraw.Draw(picture).ellipse((8, 8, 88, 88), fill="#7a3e9d")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
