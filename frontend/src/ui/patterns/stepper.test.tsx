import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { FailedMark } from "@/ui/icon";
import { Stepper } from "./stepper";

const STEPS = ["Draft", "Proposed", "Approved"].map((label) => ({ value: label.toUpperCase(), label }));

it("says of the current step what it has come to", () => {
  render(<Stepper label="Status" steps={STEPS.map((step) => (step.value === "PROPOSED" ? { ...step, label: "Declined", tone: "bad", icon: FailedMark } : step))} current="PROPOSED" />);
  const current = screen.getByText("Declined").closest("li");
  expect(current).toHaveAttribute("aria-current", "step");
  expect(current).toHaveClass("text-bad");
  expect(current?.querySelector("svg")).toBeInTheDocument();
});

it("says which step is the current one, and which are done", () => {
  render(<Stepper label="Status" steps={STEPS} current="PROPOSED" />);
  const [draft, proposed, approved] = screen.getAllByRole("listitem");
  expect(draft).toHaveTextContent("Draft (done)");
  expect(proposed).toHaveAttribute("aria-current", "step");
  expect(approved).toHaveTextContent(/^Approved$/);
});

it("ticks no step that came to nothing", () => {
  render(<Stepper label="Status" steps={STEPS.map((step) => (step.value === "PROPOSED" ? { ...step, label: "Declined", tone: "bad", icon: FailedMark } : step))} current="APPROVED" />);
  const declined = screen.getByText("Declined").closest("li");
  expect(declined).toHaveTextContent(/^Declined$/);
  expect(declined?.querySelector("svg")).toHaveClass("text-bad");
});
