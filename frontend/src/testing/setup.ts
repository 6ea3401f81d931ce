import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);

// jsdom measures nothing; the headless library only needs these to exist.
class StillObserver {
  observe(): void { /* nothing moves */ }
  unobserve(): void { /* nothing moves */ }
  disconnect(): void { /* nothing moves */ }
}
globalThis.ResizeObserver = StillObserver;

// Tests see a desk; those of cards set this to a phone.
const list = (query: string): Partial<MediaQueryList> => ({
  matches: document.documentElement.dataset.narrow === "yes" && query.includes("max-width"),
  media: query,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
});
window.matchMedia = list as typeof window.matchMedia;

// The router restores scrolling; jsdom has no page to scroll.
window.scrollTo = () => undefined;

// jsdom lays nothing out, so there is nowhere to scroll to.
Element.prototype.scrollIntoView = () => undefined;
