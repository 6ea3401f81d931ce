import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import { Field } from "@/ui/primitives/field";
import { DateInput } from "./date-input";
import { DEFAULT_FORMATS, writeAs } from "./formats";

afterEach(() => writeAs(DEFAULT_FORMATS));

function LastDay() {
  const [day, setDay] = useState("2026-12-22");
  return (
    <Field label="Last day">
      <DateInput value={day} onChange={(event) => setDay(event.target.value)} />
    </Field>
  );
}

it("shows a day as the business writes it, whatever the browser's order is", () => {
  writeAs({ dates: "DAY_MONTH_YEAR_DASHES" });
  render(<LastDay />);
  expect(screen.getByText("22-12-2026")).toBeInTheDocument();
  fireEvent.change(screen.getByLabelText("Last day"), { target: { value: "2027-01-03" } });
  expect(screen.getByText("03-01-2027")).toBeInTheDocument();
});

it("asks for a day where there is none, and leaves name and value to who reads the page aloud", () => {
  render(<LastDay />);
  const field = screen.getByLabelText("Last day");
  expect(field).toHaveValue("2026-12-22");
  expect(screen.getByText("22 Dec 2026")).toHaveAttribute("aria-hidden");
  fireEvent.change(field, { target: { value: "" } });
  expect(screen.queryByText(/2026/)).toBeNull();
  expect(screen.getByText("Choose a date")).toHaveAttribute("aria-hidden");
});
