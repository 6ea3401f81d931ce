"""Where the back end leads people: pages that the front end has."""

import inspect
import json
import re
from pathlib import Path

import capecontrol
from capecontrol.core.links import Links, PagePath, Pages

SOURCE = Path(capecontrol.__file__).parent
#: The front end's ``app/pages.test.ts`` opens each of these.
LED_TO: list[str] = json.loads((Path(__file__).parent / "pages.json").read_text())


def named_pages() -> list[str]:
    """Return every page's address, with the names of its parameters in their places."""
    pages = [value.__func__ for value in vars(Pages).values() if isinstance(value, staticmethod)]
    return sorted(page(*(f"{{{name}}}" for name in inspect.signature(page).parameters)) for page in pages)


def test_the_front_end_is_asked_for_every_page_that_the_back_end_names() -> None:
    assert named_pages() == LED_TO


def test_pages_are_named_in_one_place() -> None:
    """Types hold mails, timelines, dashboards and the checkout to a ``PagePath``; who makes one elsewhere escapes."""
    makers = {
        str(file.relative_to(SOURCE)) for file in SOURCE.rglob("*.py") if re.search(r"\bPagePath\(", file.read_text())
    }
    # An activity's kind fills in the placeholders of the page that it was given.
    assert makers == {"core/links.py", "core/activity.py"}


def test_a_link_begins_with_the_public_address() -> None:
    assert Links("https://portal.example/").page(Pages.login()) == "https://portal.example/login"
    assert Links("https://portal.example").page(PagePath("/p/x")) == "https://portal.example/p/x"
