import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ToldDetail } from "./told-detail";

const told = (was: string | undefined, text: string) => render(<ToldDetail detail={{ name: "Name", text, ...(was !== undefined && { was }) }} />).container;

describe("a member of an entry", () => {
  it("that was changed stands behind what it was", () => {
    expect(told("ACME", "LIGHTHOUSE")).toHaveTextContent(/^ACME\s*→ LIGHTHOUSE$/);
  });

  it("that came or went says so", () => {
    expect(told("None", "FNB")).toHaveTextContent("FNB (added)");
    expect(told("DEMOZAJJ", "None")).toHaveTextContent("DEMOZAJJ (removed)");
  });

  it("that was only told stands alone", () => {
    expect(told(undefined, "R 10")).toHaveTextContent(/^R 10$/);
  });

  it("that is a colour shows it", () => {
    expect(told("#006c94", "#7a3e9d").querySelectorAll("[style]")).toHaveLength(2);
  });
});
