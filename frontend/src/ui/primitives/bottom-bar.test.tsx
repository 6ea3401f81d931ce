import { render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { bottomBar } from "./bottom-bar";

/** Measures once when it begins, as browsers do. */
class MeasuringObserver implements ResizeObserver {
  constructor(readonly measure: ResizeObserverCallback) {}
  observe(): void {
    this.measure([], this);
  }
  unobserve(): void { /* it has measured */ }
  disconnect(): void { /* it has measured */ }
}

const room = () => document.documentElement.style.getPropertyValue("--bottom-bar");

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it("leaves the room of a bar, and of what is below it, for as long as the bar is there", () => {
  vi.stubGlobal("ResizeObserver", MeasuringObserver);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(140);
  const { rerender } = render(<aside ref={bottomBar} />);
  expect(screen.getByRole("complementary")).toBeInTheDocument();
  expect(room()).toBe("140px");
  rerender(<p />);
  expect(room()).toBe("");
  // Inline styles are written by scripts only.
  rerender(<aside ref={bottomBar} style={{ bottom: 16 }} />);
  expect(room()).toBe("156px");
});
