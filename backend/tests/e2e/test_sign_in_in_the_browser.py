"""What keeps somebody out, as it is told: a wrong password, a lockout, a page that is not there or not open to them."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.person import Person, present
from tests.e2e.readings import refusals, sign_in
from tests.e2e.running import Running

pytestmark = pytest.mark.e2e

DEMO = "Demo-pass-2026!"
#: Known or not, an address is locked alike; this one is nobody's, so that nobody is kept out.
NOBODY = "nobody@demo.test"
GUESSES = 5
PROJECT = "Invoice reminders"


def test_a_wrong_password_and_a_lockout_are_told(product: Running, browser: Browser, tmp_path: Path) -> None:
    visitor = Person(browser, product.address, tmp_path, told=r"status of (401|429) .*/api/auth/login")
    page = visitor.page
    with present(visitor=visitor):
        page.goto("/login")
        address = page.get_by_label("E-mail address")
        expect(address).to_be_focused()
        visitor.reads(sign_in.ADDRESS_STEP)
        page.keyboard.press("Enter")
        visitor.is_told(address, "Enter your e-mail address.")
        visitor.look("signing in, without an address")
        page.keyboard.type(NOBODY)
        page.keyboard.press("Enter")
        password = page.get_by_label("Password", exact=True)
        expect(password).to_be_focused()
        visitor.reads(sign_in.PASSWORD_STEP)
        page.keyboard.press("Enter")
        visitor.is_told(password, "Enter your password.")
        for _ in range(GUESSES):
            password.fill("not-the-password")
            page.keyboard.press("Enter")
            visitor.hears("Incorrect e-mail address or password")
        expect(password).to_be_focused()
        visitor.look("a wrong password")
        visitor.reads(sign_in.REFUSED)
        page.keyboard.press("Enter")
        visitor.hears("Too many failed attempts")
        visitor.look("locked out")
        visitor.reads(sign_in.LOCKED_OUT)


def test_what_is_not_there_or_not_open_is_told(product: Running, browser: Browser, tmp_path: Path) -> None:
    client = Person(browser, product.address, tmp_path, told=r"status of (401|403|404|409) |ApiError: Refused")
    page = client.page
    title = page.get_by_role("heading", level=1)
    with present(client=client):
        page.goto("/nowhere")
        expect(title).to_be_visible()
        client.look("nowhere, as a visitor")
        client.reads(refusals.NOT_FOUND_BY_A_VISITOR)
        expect(page).to_have_title("Page not found · Northstar Automation")

        page.goto("/login?next=/audit")
        client.sign_in("owner@demo.test", DEMO)
        expect(title).to_have_text("You don’t have access to this")
        client.look("no access")
        client.reads(refusals.NO_ACCESS)
        expect(page).to_have_title("No access · Northstar Automation")

        _refuse(client, 403)
        client.go_to("Projects")
        page.get_by_role("main").get_by_role("link", name=PROJECT, exact=True).click()
        client.reads(refusals.NO_ACCESS)
        expect(title).to_be_focused()
        expect(page).to_have_title("No access · Northstar Automation")

        _refuse(client, 404)
        client.go_to("Projects")
        page.get_by_role("main").get_by_role("link", name=PROJECT, exact=True).click()
        client.reads(refusals.PROJECT_NOT_FOUND)
        expect(title).to_be_focused()
        client.look("a project that is gone")

        _refuse(client, 409)
        client.go_to("Projects")
        page.get_by_role("main").get_by_role("link", name=PROJECT, exact=True).click()
        client.hears("This couldn’t be loaded")
        client.reads(refusals.NOT_LOADED)
        expect(page).to_have_title("Page not loaded · Northstar Automation")
        client.look("a project that couldn't be loaded")
        page.unroute_all()
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("heading", level=1, name=PROJECT)).to_be_visible()


def _refuse(person: Person, status: int) -> None:
    """Let the server refuse every project from now on, as if something had happened to it since its list was loaded."""
    problem = {"type": "refused", "title": "Refused", "status": status, "detail": "Refused.", "instance": "a-request"}
    person.page.route(
        re.compile(r"/api/projects/[0-9a-f-]{36}$"),
        lambda route: route.fulfill(status=status, json=problem, headers={"Content-Type": "application/problem+json"}),
    )
