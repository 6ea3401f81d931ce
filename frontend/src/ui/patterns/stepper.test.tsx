import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { Stepper } from "./stepper";

const STEPS = ["Draft", "Proposed", "Approved"].map((label) => ({ value: label.toUpperCase(), label }));

it("says which step is the current one, and which are done", () => {
  render(<Stepper label="Status" steps={STEPS} current="PROPOSED" />);
  const [draft, proposed, approved] = screen.getAllByRole("listitem");
  expect(draft).toHaveTextContent("Draft (done)");
  expect(proposed).toHaveAttribute("aria-current", "step");
  expect(approved).toHaveTextContent(/^Approved$/);
});
