"""What every room of the product has: lists, settings, the state of the system, the search that Ctrl K opens."""

import re
import uuid
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from tests.e2e.person import Person, present
from tests.e2e.readings import lists, palette, settings, system
from tests.e2e.running import Running

pytestmark = pytest.mark.e2e

DEMO = "Demo-pass-2026!"
PROJECT = "Lead capture and follow-up"
NUMBER = "+27 21 555 0143"
SYSTEM = re.compile(r"/api/system$")


def _enter(browser: Browser, product: Running, scratch: Path, place: str, *, told: str | None = None) -> Person:
    """Sign the operator in, and go to a place."""
    operator = Person(browser, product.address, scratch, told=told)
    operator.page.goto(f"/login?next={place}")
    operator.sign_in("operator@demo.test", DEMO)
    return operator


def test_a_list_is_searched_sorted_narrowed_and_saved(product: Running, browser: Browser, tmp_path: Path) -> None:
    operator = _enter(browser, product, tmp_path, "/projects")
    page = operator.page
    with present(operator=operator):
        table = page.get_by_role("table", name="Projects")
        expect(table).to_be_visible()
        main = page.get_by_role("navigation", name="Main")
        expect(main.get_by_role("link", name="Projects")).to_have_attribute("aria-current", "page")
        head = table.get_by_role("columnheader", name="Project", exact=True)
        head.get_by_role("button").click()
        operator.hears("Sorted by Project: A to Z")
        expect(head).to_have_attribute("aria-sort", "ascending")
        head.get_by_role("button").press("Enter")
        operator.hears("Sorted by Project: Z to A")
        expect(head).to_have_attribute("aria-sort", "descending")
        expect(head.get_by_role("button")).to_be_focused()

        words = page.get_by_role("searchbox", name="Find projects")
        words.fill("zebra")
        operator.hears("No matches")
        expect(words).to_be_focused()
        operator.look("a list that its filters emptied")
        operator.reads(lists.NOTHING_MATCHES)
        page.get_by_role("button", name="Clear search").press("Enter")
        bar = page.get_by_role("search")
        expect(bar).to_be_focused()
        operator.hears(" of ")
        words.fill("lead")
        operator.hears("shown")
        operator.reads(lists.NARROWED)
        page.get_by_role("button", name="Clear", exact=True).press("Enter")
        expect(bar).to_be_focused()
        operator.hears(" of ")

        status = page.get_by_role("combobox", name="Status")
        status.select_option("In progress")
        operator.hears(" of ")
        page.get_by_role("button", name="Remove the Status filter").press("Enter")
        expect(status).to_be_focused()
        created = page.get_by_role("button", name="Created", exact=True)
        created.first.press("Enter")
        days = page.get_by_role("dialog", name="Created")
        expect(days.get_by_role("button", name="Today")).to_be_focused()
        operator.reads(lists.DAYS)
        page.keyboard.press("Escape")
        expect(created.first).to_be_focused()
        _choose(operator, table)

        save = page.get_by_role("button", name=re.compile(r"^Export CSV of \d+ projects"))
        with page.expect_download():
            save.click()
        operator.hears(".csv downloaded")
        expect(save).to_be_focused()


def _choose(operator: Person, table: Locator) -> None:
    """Choose all rows of the page and let them go, by way of the question that an act on them asks first."""
    page = operator.page
    every = table.get_by_role("checkbox", name="Select all on this page")
    every.check()
    operator.hears("selected")
    operator.reads(lists.CHOSEN)
    archive = page.get_by_role("toolbar", name="Selected rows").get_by_role("button", name="Archive")
    archive.press("Enter")
    question = page.get_by_role("dialog")
    expect(question.get_by_role("button", name="Close")).to_be_focused()
    operator.look("archiving what isn't completed")
    operator.reads(lists.CANNOT_ARCHIVE)
    page.keyboard.press("Escape")
    expect(archive).to_be_focused()
    page.get_by_role("button", name="Clear selection").press("Enter")
    operator.hears("Selection cleared.")
    expect(every).to_be_focused()


def test_a_setting_is_changed(product: Running, browser: Browser, tmp_path: Path) -> None:
    # The refusals after which the page asks for the password, and asks again.
    operator = _enter(browser, product, tmp_path, "/admin/business", told=r"status of (403|422) ")
    page = operator.page
    with present(operator=operator):
        phone = page.get_by_label("Phone number")
        expect(phone).to_be_visible()
        operator.reads(settings.SECTIONS)
        sections = page.get_by_role("navigation", name="Sections of Business")
        for section, reading in (
            ("Brand", settings.BRAND),
            ("Money", settings.MONEY),
            ("Home page", settings.HOME_PAGE),
            ("Formats", settings.FORMATS),
        ):
            sections.get_by_role("link", name=section).press("Enter")
            operator.hears(f"{section} · Business")
            operator.look(f"settings, {section}")
            operator.reads(reading)
        expect(sections.get_by_role("link", name="Formats")).to_be_focused()
        expect(sections.get_by_role("link", name="Formats")).to_have_attribute("aria-current", "page")
        sections.get_by_role("link", name="Identity").press("Enter")
        operator.hears("Identity · Business")

        address = page.get_by_label("E-mail address")
        address.fill("hello")
        address.press("Enter")
        operator.is_told(address, "Enter an e-mail address, such as hello@example.com.")
        operator.look("settings, with a wrong field")
        address.fill("hello@northstar.example")
        phone.fill(NUMBER)
        phone.press("Enter")
        question = page.get_by_role("dialog", name="Confirm it’s you")
        password = question.get_by_label("Password", exact=True)
        expect(password).to_be_focused()
        operator.look("confirming who it is")
        operator.reads(settings.CONFIRMING)
        password.fill("not-the-password")
        page.keyboard.press("Enter")
        operator.is_told(password, "Incorrect password. Try again.")
        password.fill(DEMO)
        page.keyboard.press("Enter")
        operator.hears("Contact details saved")
        expect(question).to_be_hidden()
        expect(phone).to_be_focused()
        expect(phone).to_have_value(NUMBER)


def test_the_state_of_the_system_is_told(product: Running, browser: Browser, tmp_path: Path) -> None:
    operator = Person(browser, product.address, tmp_path, told=r"status of 409 .*/api/system")
    page = operator.page
    with present(operator=operator):
        problem = {"type": "refused", "title": "Refused", "status": 409, "detail": "Refused.", "instance": "a-request"}
        page.route(
            SYSTEM,
            lambda route: route.fulfill(status=409, json=problem, headers={"Content-Type": "application/problem+json"}),
        )
        page.goto("/login?next=/admin/system")
        operator.sign_in("operator@demo.test", DEMO)
        operator.hears("This couldn’t be loaded")
        operator.look("the system, not loaded")
        operator.reads(system.NOT_LOADED)
        page.unroute(SYSTEM)
        page.get_by_role("button", name="Try again").press("Enter")
        expect(page.get_by_role("table", name="Keys")).to_be_visible()
        expect(page.get_by_role("heading", level=1, name="System")).to_be_focused()
        operator.look("the system")
        operator.reads(system.PARTS)
        page.get_by_role("button", name="Show all jobs").press("Enter")
        for name, reading in (
            ("Processes", system.PROCESSES),
            ("Deliveries", system.DELIVERIES),
            ("Schedule", system.SCHEDULE),
            ("Keys", system.KEYS),
        ):
            operator.reads(reading, page.get_by_role("table", name=name))
        _lose_messages(operator)


def _lose_messages(operator: Person) -> None:
    """See three messages that were given up, which the demonstration has none of, and try one again."""
    page = operator.page
    lost = [
        _letter("proposals.mail", "Harbour Logistics"),
        _letter("proposals.mail", "Table Bay Tours"),
        _letter("billing.write_invoice", "Harbour Logistics"),
    ]

    def tell(route: Route) -> None:
        told = route.fetch()
        route.fulfill(response=told, json={**told.json(), "dead_letters": len(lost)})

    def give(route: Route) -> None:
        wanted = parse_qs(urlsplit(route.request.url).query).get("consumer")
        items = [letter for letter in lost if not wanted or letter["consumer"] in wanted]
        told = route.fetch()
        route.fulfill(response=told, json={**told.json(), "items": items, "total": len(items), "pages": 1})

    def revive(route: Route) -> None:
        del lost[0]
        route.fulfill(json={"revived": 1})

    page.route(SYSTEM, tell)
    page.route(re.compile(r"/api/system/dead-letters(\?|$)"), give)
    page.route(re.compile(r"/api/system/dead-letters/[0-9a-f-]{36}/revive$"), revive)
    page.reload()
    table = page.get_by_role("table", name="Undelivered messages")
    expect(table).to_be_visible()
    operator.look("undelivered messages")
    operator.reads(system.UNDELIVERED)
    operator.reads(system.LETTERS, table)
    page.get_by_role("link", name="3 messages couldn’t be delivered").press("Enter")
    expect(page.get_by_role("heading", name="Undelivered messages")).to_be_focused()
    head = table.get_by_role("columnheader", name="Last attempt")
    expect(head).to_have_attribute("aria-sort", "descending")
    head.get_by_role("button").press("Enter")
    operator.hears("Sorted by Last attempt")
    expect(head).to_have_attribute("aria-sort", "ascending")
    kind = page.get_by_role("combobox", name="Message")
    kind.select_option("billing.write_invoice")
    operator.hears("1 of 1")
    page.get_by_role("button", name="Clear", exact=True).press("Enter")
    operator.hears("3 of 3")
    opener = table.get_by_role("button", name="Open “Prepare the e-mail of a proposal for Harbour Logistics”")
    opener.press("Enter")
    operator.look("an undelivered message")
    operator.reads(system.LETTER)
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    table.get_by_role("button", name="Try again: Prepare the e-mail of a proposal for Harbour Logistics").press("Enter")
    operator.hears("The message will be tried again")
    expect(opener).to_have_count(0)
    operator.look("a message that is tried again")


def _letter(consumer: str, organization: str) -> dict[str, object]:
    """Return a message that was given up, as the server tells of it."""
    return {
        "id": str(uuid.uuid4()),
        "consumer": consumer,
        "topic": "proposals.sent.v1",
        "lane": "mail",
        "organization": {"id": str(uuid.uuid4()), "name": organization},
        "reason": "MailRefused",
        "attempts": 12,
        "created_at": "2026-11-18T08:00:00Z",
        "died_at": "2026-11-21T08:00:00Z",
        "request_id": None,
    }


def test_ctrl_k_finds_a_record_and_goes_there(product: Running, browser: Browser, tmp_path: Path) -> None:
    operator = _enter(browser, product, tmp_path, "/dashboard")
    page = operator.page
    with present(operator=operator):
        expect(page.get_by_role("heading", level=1, name="Dashboard")).to_be_visible()
        first = page.get_by_role("main").get_by_role("link", name="Active projects")
        first.focus()
        page.keyboard.press("Control+k")
        field = page.get_by_role("combobox", name="Search or jump to")
        expect(field).to_be_focused()
        operator.reads(palette.OPENED)
        page.keyboard.press("Escape")
        expect(first).to_be_focused()
        page.keyboard.press("Control+k")
        expect(field).to_be_focused()
        page.keyboard.type("z")
        operator.hears("Type at least 2 letters")
        page.keyboard.type("ebra")
        operator.hears("Searching", "No results for “zebra”")
        operator.look("Ctrl K that found nothing")
        operator.reads(palette.NOTHING_FOUND)
        field.fill("lead follow")
        operator.hears("results")
        operator.look("Ctrl K")
        operator.reads(palette.FOUND)
        options = page.get_by_role("option")
        # Other walks have left records of the same words: the project is as far down as it is.
        shown = [" ".join(words.split()) for words in options.all_inner_texts()]
        place = next(number for number, words in enumerate(shown) if re.search(rf"{PROJECT} PRJ-[\d-]+ ·", words))
        for _ in range(place):
            page.keyboard.press("ArrowDown")
        chosen = options.nth(place)
        expect(chosen).to_have_attribute("aria-selected", "true")
        expect(field).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1, name=PROJECT)).to_be_focused()
        expect(page).to_have_title(f"{PROJECT} · CapeControl")
