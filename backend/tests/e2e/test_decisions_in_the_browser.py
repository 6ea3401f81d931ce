"""A proposal that its client sends back and then declines, as both sides are told of it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.person import Person, present
from tests.e2e.readings import decisions
from tests.e2e.running import Running

pytestmark = pytest.mark.e2e

DEMO = "Demo-pass-2026!"
PROJECT = "Stock report every Monday"
WISH = "A chart in place of the table, please."
REASON = "Not this year."


def test_changes_are_requested_and_the_next_version_is_declined(
    product: Running, browser: Browser, tmp_path: Path
) -> None:
    operator = Person(browser, product.address, tmp_path)
    owner = Person(browser, product.address, tmp_path)
    with present(operator=operator, owner=owner):
        _send(operator)
        _ask_for_changes(owner)
        _revise(operator)
        _decline(owner)


def _send(operator: Person) -> None:
    page = operator.page
    page.goto("/login?next=/projects")
    operator.sign_in("operator@demo.test", DEMO)
    page.get_by_role("link", name=PROJECT, exact=True).click()
    page.get_by_role("link", name="Write proposal").first.click()
    page.get_by_role("button", name="Send proposal").click()
    line = page.get_by_label("Line 1 description", exact=True)
    operator.is_told(line, "Enter a description.")
    operator.hears("Enter a price, or 0.")
    line.fill("Report")
    page.get_by_label("Price (ZAR)").fill("1000")
    page.get_by_role("button", name="Send proposal").click()
    page.get_by_role("dialog").get_by_role("button", name="Send proposal").click()
    operator.hears("Proposal sent")
    expect(page.get_by_role("dialog")).to_be_hidden()
    _look_by_phone(operator)


def _look_by_phone(operator: Person) -> None:
    """Look at what has no primary action now, while the other page stays open."""
    with operator.context.new_page() as page:
        page.goto("/projects")
        page.get_by_role("link", name=PROJECT, exact=True).click()
        page.set_viewport_size({"width": 360, "height": 780})
        menu = page.get_by_role("button", name="More project actions")
        expect(menu).to_be_visible()
        place = menu.bounding_box()
        menu.click()
        expect(page.get_by_role("menuitem", name="Edit details")).to_be_visible()
        assert menu.bounding_box() == place, "the button moved under the finger"
        page.keyboard.press("Escape")
        expect(page.get_by_role("menuitem")).to_have_count(0)
        operator.look("a project that waits for its client, on a phone", page)


def _ask_for_changes(owner: Person) -> None:
    page = owner.page
    page.goto("/login?next=/proposals")
    owner.sign_in("owner@demo.test", DEMO)
    page.get_by_role("main").get_by_role("link", name=PROJECT).click()
    expect(page.get_by_role("heading", level=1, name=PROJECT)).to_be_focused()
    owner.reads(decisions.TO_DECIDE)
    ask = page.get_by_role("button", name="Request changes")
    ask.press("Enter")
    question = page.get_by_role("dialog", name="Request changes")
    words = question.get_by_label("What should be different?")
    expect(words).to_be_focused()
    owner.reads(decisions.ASKING)
    page.keyboard.press("Escape")
    expect(ask).to_be_focused()
    ask.press("Enter")
    question.get_by_role("button", name="Request changes").click()
    owner.is_told(words, "Describe what should be different.")
    owner.look("requesting changes")
    words.fill(WISH)
    question.get_by_role("button", name="Request changes").click()
    owner.hears("Changes requested")
    expect(question).to_be_hidden()
    owner.look("changes requested")
    owner.reads(decisions.ASKED)
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def _revise(operator: Person) -> None:
    page = operator.page
    # The page was open all the while: what the client asked for comes to it.
    operator.hears("Changes requested")
    operator.reads(decisions.SENT_BACK)
    page.get_by_role("link", name="Open version 2").click()
    expect(page.get_by_label("Line 1 description", exact=True)).to_have_value("Report")
    operator.look("revising the proposal")
    operator.reads(decisions.REVISING)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.get_by_role("button", name="Send proposal").click()
    page.get_by_role("dialog").get_by_role("button", name="Send proposal").click()
    operator.hears("Proposal sent")


def _decline(owner: Person) -> None:
    page = owner.page
    page.get_by_role("link", name="Open version 2").click()
    page.get_by_role("button", name="Decline").press("Enter")
    question = page.get_by_role("dialog", name="Decline this proposal?")
    reason = question.get_by_label("Reason")
    expect(reason).to_be_focused()
    owner.reads(decisions.DECLINING)
    reason.fill(REASON)
    question.get_by_role("button", name="Decline").click()
    owner.hears("Declined")
    expect(question).to_be_hidden()
    owner.look("declined")
    owner.reads(decisions.DECLINED)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
