"""A session as a person lives through it: signing out and in, a session that is over, a server that is busy or gone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.e2e.person import Person, present
from tests.e2e.readings import sign_in
from tests.e2e.running import Running

pytestmark = pytest.mark.e2e

DEMO = "Demo-pass-2026!"
OWNER = "owner@demo.test"
OPERATOR = "operator@demo.test"


def test_who_signs_out_and_in_stays_in(product: Running, browser: Browser, tmp_path: Path) -> None:
    owner = Person(browser, product.address, tmp_path)
    page = owner.page
    with present(owner=owner):
        page.goto("/login")
        for way in ("/login", "/login?next=/logout", "/login?next=%2Flogout%3Fnext%3D%2Flogout"):
            if page.url != f"{product.address}{way}":
                page.goto(way)
            owner.sign_in(OWNER, DEMO)
            expect(page.get_by_role("heading", level=1, name="Dashboard")).to_be_visible()
            expect(page).to_have_url(f"{product.address}/dashboard")
            _sign_out(page)
            expect(page).to_have_url(f"{product.address}/login")
        owner.reads(sign_in.ADDRESS_STEP)


def test_who_signs_out_in_one_tab_signs_in_in_the_other_and_stays_in(
    product: Running, browser: Browser, tmp_path: Path
) -> None:
    # The other tab may be asking for something at that moment.
    owner = Person(browser, product.address, tmp_path, told=r"status of 401 ")
    first = owner.page
    with present(owner=owner):
        first.goto("/login?next=/projects")
        owner.sign_in(OWNER, DEMO)
        expect(first.get_by_role("heading", level=1, name="Projects")).to_be_visible()
        second = owner.context.new_page()
        second.goto("/proposals")
        expect(second.get_by_role("heading", level=1, name="Proposals")).to_be_visible()
        _sign_out(first)
        expect(second.get_by_text("You were signed out.")).to_be_visible()
        owner.page = second
        owner.reads(sign_in.ENDED)
        owner.sign_in(OWNER, DEMO)
        expect(second.get_by_role("heading", level=1, name="Proposals")).to_be_visible()
        second.reload()
        expect(second.get_by_role("heading", level=1, name="Proposals")).to_be_visible()


def test_a_session_that_is_over_saves_what_was_typed(product: Running, browser: Browser, tmp_path: Path) -> None:
    operator = Person(browser, product.address, tmp_path, told=r"status of 401 |ERR_FAILED .*/api/live")
    page = operator.page
    with present(operator=operator):
        page.goto("/login?next=/projects")
        operator.sign_in(OPERATOR, DEMO)
        panel = _type_project(page, "Signed out while typing")
        page.route("**/api/live", lambda route: route.abort())
        _end_session(page)
        keys = _keys_of(page)
        panel.get_by_role("button", name="Create project").click()
        over = page.get_by_role("dialog", name="You were signed out")
        password = over.get_by_label("Password", exact=True)
        expect(password).to_be_focused()
        operator.look("signed out while saving")
        page.keyboard.press("Escape")
        expect(over).to_be_visible()
        expect(page.get_by_text("Leave without saving?")).to_have_count(0)
        page.go_back()
        expect(over).to_be_visible()
        over.get_by_role("button", name="Use another account").click()
        page.get_by_role("dialog", name="Leave this page?").get_by_role("button", name="Go back").click()
        password.fill(DEMO)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1, name="Signed out while typing")).to_be_visible()
        assert len(set(keys)) == 1

        # Told after a reload, too.
        _end_session(page)
        page.reload()
        expect(page.get_by_text("You were signed out.")).to_be_visible()
        expect(page.get_by_label("E-mail address")).to_have_value(OPERATOR)
        operator.look("signed out before a reload")


def test_another_account_in_the_browser_closes_the_first_ones_pages(
    product: Running, browser: Browser, tmp_path: Path
) -> None:
    operator = Person(browser, product.address, tmp_path, told=r"status of 401 ")
    page = operator.page
    with present(operator=operator):
        page.goto("/login?next=/projects")
        operator.sign_in(OPERATOR, DEMO)
        _type_project(page, "Not for others")
        second = operator.context.new_page()
        _end_session(second)
        second.goto("/login")
        operator.page = second
        operator.sign_in(OWNER, DEMO)
        expect(second.get_by_role("heading", level=1, name="Dashboard")).to_be_visible()
        expect(page.get_by_role("heading", level=1, name="Another account is signed in")).to_be_visible()
        expect(page.get_by_role("textbox")).to_have_count(0)
        operator.look("another account", page)
        page.get_by_role("button", name="Continue with that account").click()
        expect(page.get_by_role("heading", level=1, name="Dashboard")).to_be_visible()


def test_a_busy_server_is_waited_for_and_nothing_is_made_twice(
    product: Running, browser: Browser, tmp_path: Path
) -> None:
    operator = Person(browser, product.address, tmp_path, told=r"status of 503 ")
    page = operator.page
    with present(operator=operator):
        page.goto("/login?next=/projects")
        operator.sign_in(OPERATOR, DEMO)
        panel = _type_project(page, "Asked for four times")
        keys = _keys_of(page)
        answers = iter(("before", "after", "before"))

        def interrupt(route: Route) -> None:
            if route.request.method != "POST" or (when := next(answers, None)) is None:
                return route.continue_()
            if when == "after":
                # The server does it, and its answer is lost on the way.
                route.fetch()
            problem = {"type": "unavailable", "title": "This is temporarily unavailable", "status": 503}
            headers = {"Content-Type": "application/problem+json", "Retry-After": "3"}
            return route.fulfill(status=503, json=problem, headers=headers)

        page.route(re.compile(r"/api/projects$"), interrupt)
        panel.get_by_role("button", name="Create project").click()
        operator.hears("This is temporarily unavailable")
        expect(panel.get_by_role("timer")).to_have_text(re.compile("^Trying again in [123] seconds?…$"))
        operator.look("a busy server")
        expect(panel.get_by_role("timer")).to_have_text("You can try again now.")
        operator.look("a server that stayed busy")
        panel.get_by_role("button", name="Create project").click()
        expect(page.get_by_role("heading", level=1, name="Asked for four times")).to_be_visible()
        assert (len(keys), len(set(keys))) == (4, 1)
        operator.go_to("Projects")
        expect(page.get_by_role("main").get_by_role("link", name="Asked for four times", exact=True)).to_have_count(1)
        operator.faults = [fault for fault in operator.faults if not fault.startswith("503: POST")]


def _sign_out(page: Page) -> None:
    page.get_by_role("button", name="Your menu").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_label("E-mail address")).to_be_focused()


def _type_project(page: Page, title: str) -> Locator:
    expect(page.get_by_role("heading", level=1, name="Projects")).to_be_visible()
    page.get_by_role("button", name="New project").first.click()
    panel = page.get_by_role("dialog", name="New project")
    panel.get_by_label("Client").fill("Demo")
    page.get_by_role("option").first.click()
    panel.get_by_label("Title").fill(title)
    return panel


def _keys_of(page: Page) -> list[str]:
    """Return the keys under which projects are created from now on, as they come."""
    keys: list[str] = []
    page.on(
        "request",
        lambda request: (
            request.method == "POST"
            and request.url.endswith("/api/projects")
            and keys.append(request.headers["idempotency-key"])
        ),
    )
    return keys


def _end_session(page: Page) -> None:
    """Let the server end the session, and the browser know nothing of it."""
    request = page.context.request
    token = str(request.get("/api/auth/csrf").json()["csrf_token"])
    answer = request.post("/api/auth/logout", data={}, headers={"X-CSRF-Token": token})
    assert answer.ok, answer.text()
