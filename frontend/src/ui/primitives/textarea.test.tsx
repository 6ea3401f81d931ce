import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Textarea } from "./textarea";

it("is as high as its rows before anything is typed, although its height follows its content", () => {
  render(<Textarea rows={5} />);
  expect(screen.getByRole("textbox").style.minHeight).toContain("5lh");
});

it("is brought into view as a whole by Tab, and stays where it is for a click", async () => {
  render(<Textarea />);
  const area = screen.getByRole("textbox");
  const shown = vi.spyOn(area, "scrollIntoView");
  await userEvent.click(area);
  expect(shown).not.toHaveBeenCalled();
  area.blur();
  await userEvent.tab();
  expect(area).toHaveFocus();
  expect(shown).toHaveBeenCalledExactlyOnceWith({ block: "nearest" });
});
