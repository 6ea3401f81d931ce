import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { Textarea } from "./textarea";

it("is as high as its rows before anything is typed, although its height follows its content", () => {
  render(<Textarea rows={5} />);
  expect(screen.getByRole("textbox").style.minHeight).toContain("5lh");
});
