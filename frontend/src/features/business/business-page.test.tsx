import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { renderPage } from "@/testing/render-page";
import { businessOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import { BusinessPage } from "./business-page";

const server = testServer();

beforeEach(() => {
  server.on("listTaxRates", { items: [] });
});

function card(title: string) {
  const section = screen.getByRole("heading", { name: title, level: 2 }).closest("section");
  if (!section) throw new Error(`no card ${title}`);
  return within(section);
}

it("saves one part, on the revision that was edited", async () => {
  server.on("getBusiness", businessOf({ revision: 7 })).on("updateBusiness", ({ body }) => businessOf({ revision: 8, name: body.name ?? "" }));
  await renderPage(<BusinessPage />, { me: { permissions: ["business:read", "business:write"] } });
  const name = await screen.findByLabelText(/Trading name/);
  await userEvent.clear(name);
  await userEvent.type(name, "Harbour");
  await userEvent.click(card("Name and address").getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("Name and address saved")).toBeTruthy();
  const sent = server.to("updateBusiness");
  expect(sent.at(-1)?.headers.get("If-Match")).toBe('"7"');
  expect(sent.at(-1)?.body).toEqual({ name: "Harbour", legal_name: "Northstar Automation (Pty) Ltd", address: "12 Signal Street\nCape Town 8001", country: "ZA" });
});

it("says which pair of colours fails before anything is sent", async () => {
  server.on("getBusiness", businessOf());
  await renderPage(<BusinessPage />, { me: { permissions: ["business:read", "business:write"] } });
  const accent = await screen.findByLabelText(/On light pages/);
  await userEvent.clear(accent);
  await userEvent.type(accent, "#ffdd00");
  await userEvent.click(card("Accent colour").getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("White text on #ffdd00 has a contrast of 1.3; at least 4.5 is needed.")).toBeTruthy();
  expect(server.to("updateBusiness")).toHaveLength(0);
});

it("brings a refusal back to the field that it names", async () => {
  const refused = refusal(422, { type: "request/invalid", detail: "Not valid", errors: [{ pointer: "/website", detail: "Use a web address." }] });
  server.on("getBusiness", businessOf()).on("updateBusiness", refused);
  await renderPage(<BusinessPage />, { me: { permissions: ["business:read", "business:write"] } });
  await userEvent.type(await screen.findByLabelText(/Website/), "nowhere");
  await userEvent.click(card("Contact details").getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("Use a web address.")).toBeTruthy();
});

it("keeps the description of an offer that has no title yet, and asks for the title", async () => {
  server.on("getBusiness", businessOf());
  await renderPage(<BusinessPage />, { me: { permissions: ["business:read", "business:write"] } });
  await userEvent.type(await screen.findByLabelText("Description of offer 3"), "Reminders that send themselves.");
  await userEvent.click(card("Home page text").getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("Enter a title for this offer.")).toBeTruthy();
  expect(screen.getByLabelText(/^Offer 3/)).toBeInvalid();
  expect(screen.getByDisplayValue("Reminders that send themselves.")).toBeTruthy();
  expect(server.to("updateBusiness")).toHaveLength(0);
});
