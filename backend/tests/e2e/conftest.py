"""Fixtures of the end-to-end tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e.person import PATIENCE_MS, chromium
from tests.e2e.running import Running, running


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The product, running."""
    with running(tmp_path_factory.mktemp("product") / "home") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's browser. Playwright has an event loop for as long as it runs: only for the tests of a module."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright, chromium(playwright) as found:
        yield found
