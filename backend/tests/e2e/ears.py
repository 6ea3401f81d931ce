"""What somebody hears who listens to a page: what its live regions say, and how it is built for a screen reader.

That every control has a name, that landmarks differ by name, that heading levels skip none and that no `tabindex` is
positive, axe finds at each stop. What axe cannot see from one still picture is found here."""

from playwright.sync_api import BrowserContext, Page

#: Before the page's own scripts: collects what live regions say, in order, and where the focus was last.
#: Words that come together with a polite region are not read by every screen reader, so they do not count;
#: an alert is read when it appears.
_LISTEN = r"""(() => {
  const LIVE = "[role=status], [role=alert], [role=log], [aria-live=polite], [aria-live=assertive]";
  const said = [];
  const known = new WeakSet();
  let focused = null;
  const words = (node) => (node.innerText ?? node.textContent).replace(/\s+/g, " ").trim();
  const isHidden = (element) => element.closest("[aria-hidden=true], [inert], [hidden]") !== null;
  const isLoud = (element) => element.matches("[role=alert], [aria-live=assertive]");
  const regionsIn = (element) => [...(element.matches(LIVE) ? [element] : []), ...element.querySelectorAll(LIVE)];
  const isWhole = (region) => {
    const atomic = region.getAttribute("aria-atomic");
    return atomic ? atomic === "true" : region.matches("[role=status], [role=alert]");
  };
  const say = (node, region) => {
    if (!isHidden(region) && node.isConnected && words(node)) said.push(words(node));
  };
  new MutationObserver((changes) => {
    const whole = new Set();
    const parts = new Map();
    const note = (region, node) => (isWhole(region) ? whole.add(region) : parts.set(node, region));
    for (const { target, addedNodes, type } of changes) {
      const around = (target instanceof Element ? target : target.parentElement)?.closest(LIVE);
      const isHeard = around && (known.has(around) || isLoud(around));
      if (isHeard && isWhole(around)) whole.add(around);
      else if (isHeard && type === "characterData") note(around, target);
      for (const node of addedNodes) {
        if (isHeard) note(around, node);
        else if (node instanceof Element) for (const region of regionsIn(node)) if (isLoud(region)) whole.add(region);
      }
    }
    for (const region of whole) say(region, region);
    for (const [node, region] of parts) say(node, region);
    for (const region of document.querySelectorAll(LIVE)) known.add(region);
  }).observe(document, { childList: true, characterData: true, subtree: true });
  document.addEventListener("focusin", ({ target }) => (focused = target), true);
  globalThis.ears = { said, focused: () => focused };
})()"""

_HEARD = """([text, after]) => {
  const at = globalThis.ears.said.findIndex((said, index) => index >= after && said.includes(text));
  return at < 0 ? false : at + 1;
}"""

_FAULTS = """() => {
  const faults = [];
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const titles = [...document.querySelectorAll("h1, [role=heading][aria-level='1']")].filter(shown);
  if (titles.length !== 1) faults.push(`${titles.length} first-level headings`);
  const focused = globalThis.ears?.focused();
  const isLost = document.activeElement === document.body && focused && (!focused.isConnected || focused.disabled);
  if (isLost) faults.push(`the focus was lost with ${focused.outerHTML.slice(0, 160)}`);
  return faults;
}"""


def listen(context: BrowserContext) -> None:
    """Listen to every page that a browser opens from now on."""
    context.add_init_script(_LISTEN)


def wait_to_hear(page: Page, text: str, after: int) -> int:
    """Wait until a page has said a text as its `after`-th utterance or later; return the place behind it."""
    return int(page.wait_for_function(_HEARD, arg=[text, after]).json_value())


def said(page: Page) -> list[str]:
    """Give all that a page has said since its document was loaded."""
    return list(page.evaluate("() => globalThis.ears.said"))


def faults(page: Page) -> list[str]:
    """Say what of a page's build would mislead a listener."""
    return list(page.evaluate(_FAULTS))
