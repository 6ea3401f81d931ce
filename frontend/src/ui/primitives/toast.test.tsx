import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ToastProvider, useToast } from "./toast";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function Page() {
  const toast = useToast();
  return (
    <button type="button" onClick={() => toast("Draft saved", "Version 2")}>
      Save
    </button>
  );
}

function save() {
  render(
    <ToastProvider>
      <Page />
    </ToastProvider>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
}
const pass = (ms: number) => {
  act(() => void vi.advanceTimersByTime(ms));
};
const focus = (element?: HTMLElement) => {
  act(() => element?.focus());
};
const blur = (element: HTMLElement) => {
  act(() => element.blur());
};
const dismissButton = () => screen.getByRole("button", { name: "Dismiss" });
const isShown = () => screen.queryByText("Draft saved") !== null;

describe("a toast", () => {
  it("is announced politely, and goes after five seconds", () => {
    save();
    expect(screen.getByRole("status")).toHaveTextContent("Draft saved");
    expect(screen.getByRole("status")).toHaveAttribute("aria-live", "polite");
    pass(4_900);
    expect(isShown()).toBe(true);
    pass(200);
    expect(isShown()).toBe(false);
  });

  it.each([
    ["the pointer is", (at: Element) => fireEvent.pointerEnter(at), (at: Element) => fireEvent.pointerLeave(at)],
    ["the focus is", () => focus(dismissButton()), () => blur(dismissButton())],
  ])("waits while %s on it, then takes the time that was left", (_, come, go) => {
    save();
    pass(4_000);
    come(screen.getByRole("status"));
    pass(60_000);
    expect(isShown()).toBe(true);
    go(screen.getByRole("status"));
    pass(900);
    expect(isShown()).toBe(true);
    pass(200);
    expect(isShown()).toBe(false);
  });

  it("waits for the focus although the pointer left", () => {
    save();
    focus(dismissButton());
    fireEvent.pointerEnter(screen.getByRole("status"));
    fireEvent.pointerLeave(screen.getByRole("status"));
    pass(60_000);
    expect(isShown()).toBe(true);
  });

  it("does not hold the next ones once it was dismissed", () => {
    save();
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    const [first] = screen.getAllByRole("button", { name: "Dismiss" });
    focus(first);
    fireEvent.pointerEnter(screen.getByRole("status"));
    if (first) fireEvent.click(first);
    fireEvent.pointerLeave(screen.getByRole("status"));
    pass(5_100);
    expect(isShown()).toBe(false);
  });
});
