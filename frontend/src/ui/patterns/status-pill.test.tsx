import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { DoneMark } from "@/ui/icon";
import { statusPill } from "./status-pill";

const Pill = statusPill({ DONE: { label: "All done", tone: "ok", icon: DoneMark } });

it("says a status in the words that are written for it", () => {
  render(<Pill status="DONE" />);
  expect(screen.getByText("All done")).toBeInTheDocument();
});

it.each(["PARTLY_DONE", "constructor"])("says a status that only a later release knows in its own word: %s", (status) => {
  render(<Pill status={status} />);
  expect(screen.getByText(status === "PARTLY_DONE" ? "Partly done" : "Constructor")).toBeInTheDocument();
});
