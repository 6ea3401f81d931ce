import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderPage } from "@/testing/render-page";
import { brandingOf, versionOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import { BrokenLinkPage } from "./broken-link-page";

const server = testServer();

it("says whom to ask for another link", async () => {
  server.on("getVersion", versionOf()).on("getBranding", brandingOf({ email: "hello@northstar.example", phone: "+27 21 555 0100" }));
  await renderPage(<BrokenLinkPage />);
  expect(await screen.findByRole("heading", { name: "This link doesn’t work" })).toBeVisible();
  expect(await screen.findByRole("link", { name: "hello@northstar.example" })).toHaveAttribute("href", "mailto:hello@northstar.example");
  expect(screen.getByRole("link", { name: "+27 21 555 0100" })).toHaveAttribute("href", "tel:+27215550100");
});
