"""A person at a browser of their own: what they see is checked as they go, and what goes wrong in it is kept."""

import json
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    Response,
    WebError,
    expect,
)

from tests.e2e import ears

LOG = logging.getLogger(__name__)
#: Where Debian and Ubuntu put it.
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
#: Machines that run the tests are slow and shared: nothing here measures time.
PATIENCE_MS = 90_000
RELOAD_MS = 3_000
DESK = (1280, 900)
AXE = Path(__file__).parents[3] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"

_STILL = """async () => {
  const ends = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
  await Promise.all(ends.map((one) => one.finished.catch(() => undefined)));
  await document.fonts.ready;
}"""
_RUN_AXE = """async () => {
  const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
  return violations.map(({ id, impact, nodes }) =>
    `${impact} ${id}: ${nodes.map((node) => `${node.target.join(" ")} (${node.failureSummary})`).join(" | ")}`);
}"""
#: Buttons that are a picture are squares, which grow in both directions where a row stretches them.
_STRETCHED = """() => [...document.querySelectorAll("[data-slot=icon-button]")]
  .filter((one) => Math.max(one.offsetWidth, one.offsetHeight) > 48)
  .map((one) => `${one.ariaLabel} is ${one.offsetWidth} by ${one.offsetHeight} px`)"""
_SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Start the machine's browser: the one that `CHROMIUM` names, Debian's, or Playwright's own."""
    program = os.environ.get("CHROMIUM") or (CHROMIUM if Path(CHROMIUM).exists() else None)
    browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
    try:
        yield browser
    finally:
        browser.close()


class Person:
    """Somebody at the product: one browser context, its pages, and the faults that showed."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        scratch: Path,
        *,
        size: tuple[int, int] = DESK,
        is_dark: bool = False,
        told: str | None = None,
    ) -> None:
        """Open a browser context of their own; ``told`` is what its console may say without being at fault."""
        self.told = told
        self.address = address
        self.scratch = scratch
        self.faults: list[str] = []
        self.context: BrowserContext = browser.new_context(
            base_url=address,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if is_dark else "light",
            locale="en-US",
            timezone_id="Africa/Johannesburg",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.on("console", self._note_message)
        self.context.on("weberror", self._note_error)
        self.context.on("response", self._note_answer)
        self.context.tracing.start(snapshots=True)
        ears.listen(self.context)
        self._heard: dict[Page, int] = {}
        # Each document begins to speak anew.
        self.context.on("page", lambda page: page.on("domcontentloaded", lambda loaded: self._heard.pop(loaded, None)))
        self.page = self.context.new_page()

    def sign_in(self, email: str, password: str) -> None:
        """Fill in the two steps of the sign-in page that is open."""
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_role("button", name="Continue").click()
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    def go_to(self, place: str) -> None:
        """Choose a place of the sidebar, and wait for its page."""
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name=place).click()
        expect(self.page.get_by_role("heading", level=1, name=place)).to_be_visible()

    def open_mail(self, to: str, subject: str) -> Page:
        """Open the newest mail of a subject in the local mailbox, reloading until it is there."""
        page = self.context.new_page()
        page.goto("/dev/mailbox")
        mail = page.get_by_role("navigation", name="Mails").get_by_role("link").filter(has_text=to)
        mail = mail.filter(has_text=subject).first
        for _ in range(PATIENCE_MS // RELOAD_MS):
            try:
                expect(mail).to_be_visible(timeout=RELOAD_MS)
            except AssertionError:
                page.reload()
            else:
                break
        mail.click()
        expect(page.get_by_role("heading", name=subject).first).to_be_visible()
        return page

    def follow(self, mail: Page, link: str) -> None:
        """Press a link of a mail; what opens in its place is the person's page from then on."""
        mail.get_by_title("The mail as its reader sees it").content_frame.get_by_role("link", name=link).click()
        self.page.close()
        self.page = mail

    def look(self, stop: str, page: Page | None = None) -> None:
        """Hold still at a stop and let axe look and an ear listen; what they find is kept until `leave`."""
        shown = page or self.page
        LOG.info("%s: %s", stop, shown.url.removeprefix(self.address))
        expect(shown.get_by_role("status", name="Loading")).to_have_count(0)
        shown.evaluate(_STILL)
        shown.evaluate(AXE.read_text(encoding="utf-8"))
        self.faults += [f"{stop}: axe: {violation}" for violation in shown.evaluate(_RUN_AXE)]
        self.faults += [f"{stop}: {fault}" for fault in ears.faults(shown)]
        self.faults += [f"{stop}: {fault}" for fault in shown.evaluate(_STRETCHED)]
        if (over := shown.evaluate(_SIDEWAYS)) > 0:
            self.faults.append(f"{stop}: scrolls sideways by {over} px")

    def reads(self, expected: str, region: Locator | None = None) -> None:
        """Hold what a screen reader meets, in its order, against a part of the accessibility tree."""
        expect(region or self.page.locator("body")).to_match_aria_snapshot(expected)

    def hears(self, *texts: str) -> None:
        """Wait until the page has said each text, one after the other, since what was heard last."""
        for text in texts:
            self._heard[self.page] = ears.wait_to_hear(self.page, text, self._heard.get(self.page, 0))

    def is_told(self, field: Locator, error: str) -> None:
        """Hold a refused form to its first wrong field: it has the focus, and its error is tied to it and said."""
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(error)
        self.hears(error)

    def keep(self, name: str) -> None:
        """Keep pictures and the trace of what happened, for whoever looks into a failure."""
        for index, page in enumerate(self.context.pages):
            page.screenshot(path=self.scratch / f"{name}-{index}.png")
        self.context.tracing.stop(path=self.scratch / f"{name}.zip")

    def leave(self) -> None:
        """Close the browser's windows."""
        self.context.close()

    def _note_message(self, message: ConsoleMessage) -> None:
        where = message.location["url"]
        # Playwright tries its own scripts in the mail's frame, whose sandbox lets none run.
        if re.match(r"Blocked script execution in '[^']+/html'", message.text):
            return
        if message.type not in ("error", "warning"):
            return
        said = f"console {message.type}: {message.text} ({where})"
        if not (self.told and re.search(self.told, said)):
            self.faults.append(said)

    def _note_error(self, error: WebError) -> None:
        self.faults.append(f"page error: {error.error}")

    def _note_answer(self, answer: Response) -> None:
        if answer.status >= 500:
            self.faults.append(f"{answer.status}: {answer.request.method} {answer.url}")


@contextmanager
def present(**people: Person) -> Iterator[None]:
    """Let people walk; a walk that fails leaves its traces, one that ends is held to what showed on the way."""
    try:
        yield
        faults = {name: person.faults for name, person in people.items() if person.faults}
        assert not faults, json.dumps(faults, indent=2, ensure_ascii=False)
    except Exception as failure:
        for name, person in people.items():
            person.keep(name)
            failure.add_note(f"{name} had seen {person.faults}; pictures and trace: {person.scratch}")
        raise
    finally:
        for person in people.values():
            person.leave()
