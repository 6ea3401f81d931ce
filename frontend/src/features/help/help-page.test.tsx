import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { GuideEntry, MeOut } from "@/api/generated";
import { refusal, testServer } from "@/testing/server";
import { brandingOf, meOf } from "@/testing/samples";
import { renderPage } from "@/testing/render-page";
import { HelpPage } from "./help-page";

const server = testServer();

function guideOf(slug: string, audience: GuideEntry["audience"], title: string, text: string): GuideEntry {
  return { slug, title, summary: `About ${slug}`, audience, sections: [{ heading: title, anchor: "", text }, { heading: `More on ${slug}`, anchor: "more", text }] };
}

const GUIDES = [
  guideOf("paying", "CLIENT", "Paying", "You pay by card."),
  guideOf("getting-paid", "STAFF", "Getting paid", "A client pays by card."),
  guideOf("deploy", "OPERATOR", "Deploy", "A server with a card for the network."),
];
const STAFF: Partial<MeOut> = { realm: "ADMIN", role: "OPERATOR", organization: null };

async function show({ me = {}, query = "", onQuery = vi.fn() }: { me?: Partial<MeOut>; query?: string; onQuery?: (query: string) => void } = {}) {
  server.on("getGuideIndex", { guides: GUIDES }).on("getBranding", brandingOf({ email: "hello@northstar.example" }));
  const view = await renderPage(<HelpPage query={query} onQuery={onQuery} />, { me: meOf(me) });
  await vi.waitFor(() => expect(screen.queryByRole("status", { name: "Loading" })).toBeNull());
  return view;
}

const results = () => within(screen.getByRole("list", { name: "Results" })).getAllByRole("link").map((link) => link.getAttribute("href"));

it("shows a client the guides for clients, and no others", async () => {
  const { unmount } = await show({ query: "card" });
  expect(results()).toEqual(["/docs/paying", "/docs/paying#more"]);
  unmount();
  await show();
  expect(screen.getAllByRole("heading", { level: 2 }).map((heading) => heading.textContent)).toEqual(["For clients", "Keyboard and mouse", "If you need help"]);
  expect(screen.queryByText("Getting paid")).toBeNull();
});

it("shows staff all guides, their own first", async () => {
  await show({ me: STAFF });
  expect(screen.getAllByRole("heading", { level: 2 }).map((heading) => heading.textContent).slice(0, 3)).toEqual(["For staff", "For clients", "Running CapeControl"]);
});

it("finds while one types, says how much, and keeps the words in the address", async () => {
  const onQuery = vi.fn();
  await show({ me: STAFF, onQuery });
  await userEvent.type(screen.getByRole("searchbox", { name: "Search the guides" }), "Getting pa");
  expect(results()).toEqual(["/docs/getting-paid", "/docs/getting-paid#more"]);
  expect(screen.getByText("2 results")).toHaveRole("status");
  await vi.waitFor(() => expect(onQuery).toHaveBeenLastCalledWith("Getting pa"));
});

it("marks what it found", async () => {
  await show({ query: "card" });
  expect(screen.getAllByText("card").every((mark) => mark.tagName === "MARK")).toBe(true);
});

it("says so where nothing is found, and what to do", async () => {
  await show({ query: "zebra <b>" });
  expect(screen.getByText("No guide mentions “zebra <b>”")).toBeVisible();
  expect(screen.getByText(/Check the spelling/)).toBeVisible();
  expect(screen.getByText("No results")).toHaveRole("status");
});

it("helps on where the guides cannot be loaded", async () => {
  server.on("getGuideIndex", refusal(503, { detail: "Try again shortly." })).on("getBranding", brandingOf());
  await renderPage(<HelpPage query="" onQuery={vi.fn()} />);
  expect(await screen.findByRole("button", { name: "Try again" })).toBeVisible();
  expect(screen.getByRole("heading", { name: "If you need help" })).toBeVisible();
});

it("tells a client whom to write to", async () => {
  await show();
  expect(await screen.findByRole("link", { name: "hello@northstar.example" })).toHaveAttribute("href", "mailto:hello@northstar.example");
  expect(screen.getByText(/^Write to Northstar Automation at/)).toBeVisible();
});

it("tells a client of a business without an address whom to ask", async () => {
  server.on("getGuideIndex", { guides: GUIDES }).on("getBranding", brandingOf({ email: null, phone: null }));
  await renderPage(<HelpPage query="" onQuery={vi.fn()} />);
  expect(await screen.findByText("Ask your contact at Northstar Automation.")).toBeVisible();
});

it("tells a client which number to call, with an address and without one", async () => {
  server.on("getGuideIndex", { guides: GUIDES }).on("getBranding", brandingOf({ email: "hello@northstar.example", phone: "+27 21 555 0142" }));
  const { unmount } = await renderPage(<HelpPage query="" onQuery={vi.fn()} />);
  expect(await screen.findByRole("link", { name: "+27 21 555 0142" })).toHaveAttribute("href", "tel:+27215550142");
  unmount();
  server.on("getBranding", brandingOf({ email: null, phone: "+27 21 555 0142" }));
  await renderPage(<HelpPage query="" onQuery={vi.fn()} />);
  expect(await screen.findByText(/^Call Northstar Automation on/)).toBeVisible();
});

it("sends staff to their own people", async () => {
  await show({ me: STAFF });
  expect(screen.getByText(/^Ask whoever runs CapeControl for your business/)).toBeVisible();
  expect(server.to("getBranding")).toEqual([]);
});
