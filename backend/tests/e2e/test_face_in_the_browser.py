"""Whose pages these are, before any file of the application is there: nothing is drawn in other colours first."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.running import Running

pytestmark = pytest.mark.e2e

_ACCENT = """() => getComputedStyle(document.documentElement).getPropertyValue("--accent").trim()"""


@pytest.fixture
def page(product: Running, browser: Browser) -> Iterator[Page]:
    """A first visit whose scripts never come; what the page's policy refuses would be said on its console."""
    context = browser.new_context(base_url=product.address)
    page = context.new_page()
    refusals: list[str] = []
    page.on("console", lambda said: refusals.append(said.text) if "Content Security Policy" in said.text else None)
    page.route("**/assets/*.js", lambda route: route.abort())
    yield page
    assert refusals == []
    context.close()


def _accent_of_the_business(page: Page) -> str:
    branding = page.request.get("/api/branding").json()
    return f"light-dark({branding['light']['accent']}, {branding['dark']['accent']})"


@pytest.mark.parametrize("path", ["/login", "/projects", "/nowhere"])
def test_the_first_visit_has_the_business_colours_and_name_before_any_script(path: str, page: Page) -> None:
    page.goto(path)
    assert page.evaluate(_ACCENT) == _accent_of_the_business(page)
    expect(page).to_have_title(page.request.get("/api/branding").json()["name"])


def test_search_engines_are_shown_the_front_door_alone(page: Page) -> None:
    robots = page.request.get("/robots.txt")
    assert (robots.headers["content-type"], "User-agent: *" in robots.text()) == ("text/plain; charset=utf-8", True)
    told = {path: page.request.get(path).headers.get("x-robots-tag") for path in ("/", "/about", "/docs", "/p/nothing")}
    assert told == {"/": None, "/about": None, "/docs": None, "/p/nothing": "noindex"}


def test_a_console_of_staff_has_the_products_colours_from_the_beginning(page: Page) -> None:
    page.goto("/login")
    page.evaluate("() => localStorage.setItem('capecontrol.console', 'yes')")
    page.goto("/projects")
    assert page.evaluate(_ACCENT).startswith("light-dark(oklch(")
    page.goto("/login")
    assert page.evaluate(_ACCENT) == _accent_of_the_business(page)
