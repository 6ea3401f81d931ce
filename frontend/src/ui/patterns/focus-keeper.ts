/** What can take the focus of something inside it that went away, since a screen reader says what it is. */
const NAMED = "[role=tabpanel], [role=dialog], section[aria-label], section[aria-labelledby], ul[aria-label], ol[aria-label]";

/**
 * Moves a focus whose element goes away to what was around it, or to the page's heading, from now on.
 * Browsers drop such a focus to the body without a word: who listens would be nowhere.
 */
export function keepFocus(): void {
  let around = withAncestors(document.activeElement);
  document.addEventListener("focusin", ({ target }) => (around = withAncestors(target)));
  new MutationObserver(() => {
    if (!isLost(around)) return;
    // A layer that closes gives the focus back itself, at the latest with the next frame.
    requestAnimationFrame(() => requestAnimationFrame(() => isLost(around) && moveFocus(around)));
  }).observe(document.body, { childList: true, subtree: true });
}

/** Moves the focus to the page's heading, which is then read aloud. */
export function focusHeading(): void {
  focus(document.querySelector("main h1"));
}

function withAncestors(target: EventTarget | null): Element[] {
  const found: Element[] = [];
  for (let each = target instanceof Element ? target : null; each; each = each.parentElement) found.push(each);
  return found;
}

function isLost([focused]: readonly Element[]): boolean {
  return focused?.isConnected === false && document.activeElement === document.body;
}

function moveFocus(around: readonly Element[]): void {
  const nearest = around.find((element) => element.isConnected && element.matches(NAMED));
  if (nearest) focus(nearest);
  else focusHeading();
}

function focus(element: Element | null): void {
  if (!(element instanceof HTMLElement)) return;
  if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
