import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { brandingOf } from "@/testing/samples";
import { BusinessMark } from "./business-mark";

it("shows the initial of a business without a logo beside its name, and reads the name only", () => {
  const { container } = render(<BusinessMark branding={brandingOf({ name: "harbour Logistics" })} />);
  expect(screen.getByText("harbour Logistics")).toBeVisible();
  expect(container.querySelector("[data-initial='H']")).toHaveAttribute("aria-hidden", "true");
  expect(container).toHaveTextContent(/^harbour Logistics$/);
});

it("shows the logo in place of both", () => {
  render(<BusinessMark branding={brandingOf({ logo: { url: "/api/branding/logo/a.png", size: 1, width: 320, height: 96 } })} />);
  expect(screen.getByRole("img", { name: "Northstar Automation" })).toBeVisible();
  expect(screen.queryByText("N")).not.toBeInTheDocument();
});
