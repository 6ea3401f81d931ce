"""The guides in a browser: read and searched without JavaScript, and found from Help."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.person import Person, present
from tests.e2e.readings import guides
from tests.e2e.running import Running

pytestmark = pytest.mark.e2e

PHONE = (360, 780)


def test_a_guide_is_found_without_javascript(product: Running, browser: Browser) -> None:
    context = browser.new_context(base_url=product.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/docs")
    page.get_by_role("searchbox", name="Search the guides").fill("unmatched paym")
    page.keyboard.press("Enter")
    expect(page.get_by_text("results for “unmatched paym”")).to_be_visible()
    page.get_by_role("link", name="Unmatched payments", exact=True).click()
    expect(page).to_have_url(f"{product.address}/docs/getting-paid#unmatched-payments")
    expect(page.get_by_role("heading", level=1, name="Getting paid")).to_be_visible()
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Invoices").click()
    expect(page).to_have_url(f"{product.address}/docs/getting-paid#invoices")
    page.get_by_role("link", name="Next Automations with n8n").click()
    expect(page.get_by_role("heading", level=1, name="Automations with n8n")).to_be_visible()
    page.get_by_role("link", name="All guides").first.click()
    expect(page.get_by_role("heading", level=1, name="Guides")).to_be_visible()
    context.close()


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, (1280, 900)], ids=["phone", "desk"])
def test_the_guides_are_accessible(
    size: tuple[int, int], is_dark: bool, product: Running, browser: Browser, tmp_path: Path
) -> None:
    reader = Person(browser, product.address, tmp_path, size=size, is_dark=is_dark)
    with present(reader=reader):
        for path in ("/docs", "/docs?q=key", "/docs?q=zebra", "/docs/settings", "/docs/rotate-secrets"):
            reader.page.goto(path)
            reader.look(path)


def test_a_client_finds_a_guide_from_help(product: Running, browser: Browser, tmp_path: Path) -> None:
    client = Person(browser, product.address, tmp_path)
    page = client.page
    with present(client=client):
        page.goto("/login?next=/help")
        client.sign_in("owner@demo.test", "Demo-pass-2026!")
        expect(page.get_by_role("heading", name="For clients")).to_be_visible()
        client.reads(guides.HELP)
        expect(page.get_by_role("heading", name="For staff")).to_have_count(0)
        page.get_by_role("searchbox", name="Search the guides").fill("declin")
        results = page.get_by_role("list", name="Results")
        expect(results.get_by_role("link", name="Decline it")).to_be_visible()
        expect(page).to_have_url(f"{product.address}/help?q=declin")
        client.hears("result")
        client.look("help, with results")
        client.reads(guides.HELP_FOUND)
        results.get_by_role("link", name="Decline it").click()
        expect(page.get_by_role("heading", level=1, name="Reviewing a proposal")).to_be_visible()
        client.reads(guides.GUIDE)
        here = page.get_by_role("navigation", name="Guides").get_by_role("link", name="Reviewing a proposal")
        expect(here).to_have_attribute("aria-current", "page")
        page.goto("/docs")
        client.reads(guides.ALL)
        for words, title, reading in (
            ("declin", re.compile(r"^\d+ results for “declin” · CapeControl$"), guides.FOUND),
            ("zebra", "No guide mentions “zebra” · CapeControl", guides.NOT_FOUND),
        ):
            page.get_by_role("searchbox", name="Search the guides").fill(words)
            page.keyboard.press("Enter")
            # What is read first of a page that was loaded.
            expect(page).to_have_title(title)
            client.reads(reading)
