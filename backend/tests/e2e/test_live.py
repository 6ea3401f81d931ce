"""Two people at two browsers: what one does shows on the other one's open page; a session that ends, ends its page."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.e2e import ears
from tests.e2e.person import Person, present
from tests.e2e.readings import sign_in
from tests.e2e.running import Running

pytestmark = pytest.mark.e2e

DEMO = "Demo-pass-2026!"
PROJECT = "Lead capture and follow-up"
RENAMED = "Leads, caught and followed up"
#: Nobody reloads and nothing else asks again so soon: what is there by then came by the stream.
SEEN_WITHIN_MS = 5_000


def _open_project(person: Person, email: str) -> str:
    """Sign in and open the project; return its address."""
    page = person.page
    page.goto("/login")
    person.sign_in(email, DEMO)
    person.go_to("Projects")
    page.get_by_role("main").get_by_role("link", name=PROJECT).first.click()
    expect(page.get_by_role("heading", level=1, name=PROJECT)).to_be_focused()
    return page.url


def _send(
    person: Person, method: str, path: str, body: dict[str, object], *, token: str | None = None
) -> dict[str, object]:
    """Do something at the server, behind the back of the person's page; return the answer."""
    api = person.context.request
    headers = {"X-CSRF-Token": api.get(f"{person.address}/api/auth/csrf").json()["csrf_token"]}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    answer = api.fetch(f"{person.address}{path}", method=method, headers=headers, data=body)
    assert answer.ok, answer.text()
    return dict(answer.json()) if answer.body() else {}


def test_a_page_shows_what_somebody_else_does(product: Running, browser: Browser, tmp_path: Path) -> None:
    operator, owner = Person(browser, product.address, tmp_path), Person(browser, product.address, tmp_path)
    streams: list[Request] = []
    owner.context.on("request", lambda request: streams.append(request) if request.url.endswith("/api/live") else None)
    with present(operator=operator, owner=owner):
        address = _open_project(operator, "operator@demo.test")
        with owner.page.expect_response("**/api/live"):
            _open_project(owner, "owner@demo.test")
        second = owner.context.new_page()
        second.goto(address)
        expect(second.get_by_role("heading", level=1, name=PROJECT)).to_be_visible()

        signed_in = _send(operator, "POST", "/api/auth/login", {"email": "operator@demo.test", "password": DEMO})
        token = str(signed_in["access_token"])
        project = address.rsplit("/", 1)[1]
        said = {page: ears.said(page) for page in (operator.page, owner.page, second)}
        _send(operator, "PATCH", f"/api/projects/{project}", {"title": RENAMED}, token=token)
        for page, before in said.items():
            expect(page.get_by_role("heading", level=1, name=RENAMED)).to_be_visible(timeout=SEEN_WITHIN_MS)
            expect(page).to_have_title(re.compile(f"^{RENAMED}"))
            # Who reads something else on the page isn't interrupted.
            assert ears.said(page) == before

        # One stream for both tabs; when the tab that listened is closed, the other one goes on.
        assert len(streams) == 1
        owner.page.close()
        owner.page = second
        _send(operator, "PATCH", f"/api/projects/{project}", {"title": PROJECT}, token=token)
        expect(second.get_by_role("heading", level=1, name=PROJECT)).to_be_visible(timeout=SEEN_WITHIN_MS)


def test_a_session_that_ends_elsewhere_ends_its_page(product: Running, browser: Browser, tmp_path: Path) -> None:
    owner = Person(browser, product.address, tmp_path)
    with present(owner=owner):
        with owner.page.expect_response("**/api/live"):
            address = _open_project(owner, "owner@demo.test")
        _send(owner, "POST", "/api/auth/logout", {})
        over = owner.page.get_by_role("dialog", name="You were signed out")
        expect(over).to_be_visible(timeout=SEEN_WITHIN_MS)
        password = over.get_by_label("Password", exact=True)
        expect(password).to_be_focused()
        owner.look("signed out elsewhere")
        owner.reads(sign_in.SIGNED_OUT, over)
        password.fill(DEMO)
        owner.page.keyboard.press("Enter")
        expect(over).to_be_hidden()
        expect(owner.page.get_by_role("heading", level=1, name=PROJECT)).to_be_visible()
        assert owner.page.url == address
        # What the browser says of a request that was refused on the way.
        owner.faults = [fault for fault in owner.faults if "401" not in fault]
