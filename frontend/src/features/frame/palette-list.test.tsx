import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { FoundRecordOut, GuideEntry, Permission } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { idOf, meOf, organizationOf, pageOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import { remember } from "@/lib/browser-memory";
import type { Act } from "./act";
import Palette from "./palette-list";

const server = testServer();
const RECORD: FoundRecordOut = { kind: "invoice", id: idOf(7), title: "Lead capture", code: "INV-2026-0007", status: "PAID", organization: { id: idOf(1), name: "Harbour Logistics" }, updated_at: "2026-11-21T08:00:00Z" };
const GUIDE: GuideEntry = {
  slug: "signing-in",
  title: "Signing in",
  summary: "How to sign in.",
  audience: "CLIENT",
  sections: [
    { anchor: "", heading: "Signing in", text: "Enter your address." },
    { anchor: "password", heading: "A password you forgot", text: "Ask for a link." },
  ],
};
const HARBOUR = organizationOf(1, "Harbour Logistics");
const ALL: Permission[] = ["search:use", "organizations:list", "dashboards:read", "projects:read", "projects:create", "proposals:read", "invoices:read", "business:write"];

afterEach(() => {
  window.localStorage.clear();
  delete document.documentElement.dataset.theme;
});

async function show({ permissions = ALL, acts = [] }: { permissions?: Permission[]; acts?: Act[] } = {}) {
  server.on("getGuideIndex", { guides: [GUIDE] }).on("listOrganizations", ({ query }) => pageOf(HARBOUR.name.toLowerCase().startsWith(String(query.q)) ? [HARBOUR] : []));
  const view = await renderPage(<Palette acts={acts} isOpen onOpenChange={vi.fn()} early="" />, { me: { permissions } });
  return { ...view, field: await screen.findByRole("combobox", { name: "Search or jump to" }) };
}

const groups = () => screen.getAllByRole("group").map((group) => group.getAttribute("aria-label"));
const optionsOf = (name: string) => within(screen.getByRole("group", { name })).getAllByRole("option").map((option) => option.textContent);

it("finds records by group, the kind of the best first, and goes there by keyboard", async () => {
  server.on("searchRecords", { items: [RECORD, { ...RECORD, kind: "project", id: idOf(2), code: "PRJ-2026-019" }] });
  const { field, router } = await show();
  await userEvent.type(field, "lead");
  const option = await within(await screen.findByRole("group", { name: "Invoices" })).findByRole("option", { name: /Lead capture\s*INV-2026-0007 · Harbour Logistics/ });
  expect(groups()).toEqual(["Invoices", "Projects"]);
  expect(field).toHaveAttribute("aria-activedescendant", option.id);
  expect(screen.getByText("2 results")).toBeInTheDocument();
  expect(server.to("searchRecords").at(-1)?.query.q).toBe("lead");
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe(`/invoices/${idOf(7)}`));
});

it("leads staff from a client's name to the client's projects, and asks for no clients as a client", async () => {
  server.on("searchRecords", { items: [] });
  const { field, router, unmount } = await show();
  await userEvent.type(field, "harbour");
  await userEvent.click(await within(await screen.findByRole("group", { name: "Clients" })).findByRole("option", { name: /Harbour Logistics\s*Projects/ }));
  await waitFor(() => expect(router.state.location).toMatchObject({ pathname: "/projects", search: { org_id: HARBOUR.id } }));
  unmount();
  const asked = server.to("listOrganizations").length;
  await userEvent.type((await show({ permissions: ["search:use", "projects:read"] })).field, "harbour");
  expect(await screen.findByText("No results for “harbour”")).toBeVisible();
  expect(screen.queryByText(/clients, pages/)).toBeNull();
  expect(server.to("listOrganizations")).toHaveLength(asked);
});

it("puts records before acts, pages and help, and what is called as it was typed before all", async () => {
  server.on("searchRecords", { items: [{ ...RECORD, title: "Signal lamps" }] });
  const { field } = await show();
  await userEvent.type(field, "sign");
  await waitFor(() => expect(groups()).toEqual(["Invoices", "Actions", "Help"]));
  server.on("searchRecords", { items: [{ ...RECORD, title: "Help with invoices" }] });
  await userEvent.clear(field);
  await userEvent.type(field, "help");
  await waitFor(() => expect(groups()).toEqual(["Pages", "Invoices"]));
  expect(optionsOf("Pages")).toEqual(["Help"]);
});

it("offers what was opened last, what can be begun and the pages, before anything is typed", async () => {
  remember("recent-records", { userId: meOf().id, records: [{ kind: "project", id: idOf(2), title: "Lead capture", code: "PRJ-2026-019" }, { kind: "ticket", id: idOf(9), title: "From a later release", code: "T-1" }] });
  const run = vi.fn();
  await show({ acts: [{ label: "New project", icon: () => null, permission: "projects:create", goal: { run }, isOffered: true }] });
  expect(groups()).toEqual(["Recent", "Actions", "Pages"]);
  expect(optionsOf("Recent")).toEqual(["Lead capture PRJ-2026-019"]);
  expect(optionsOf("Actions")).toEqual(["New project"]);
  expect(optionsOf("Pages")).toEqual(["Dashboard", "Projects", "Proposals", "Invoices", "Business", "Your profile", "Help"]);
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect(run).toHaveBeenCalledOnce();
});

it("neither finds nor offers what the reader may not do", async () => {
  server.on("searchRecords", { items: [] });
  const { field } = await show({ permissions: ["search:use", "projects:read"], acts: [{ label: "New project", icon: () => null, permission: "projects:create", goal: { run: vi.fn() }, isOffered: true }] });
  expect(groups()).toEqual(["Pages"]);
  expect(optionsOf("Pages")).toEqual(["Projects", "Your profile", "Help"]);
  await userEvent.type(field, "brand");
  expect(await screen.findByText("No results for “brand”")).toBeVisible();
  expect(optionsOf("Search elsewhere")).toEqual(["Search projects for “brand”", "Search the guides for “brand”"]);
});

it("finds a part of a page by another word for it, and changes the theme", async () => {
  server.on("searchRecords", { items: [] });
  const { field, router } = await show();
  await userEvent.type(field, "dark");
  await userEvent.click(await screen.findByRole("option", { name: "Use the dark theme" }));
  expect(document.documentElement).toHaveAttribute("data-theme", "dark");
  await userEvent.clear(field);
  await userEvent.type(field, "logo{Enter}");
  await waitFor(() => expect(router.state.location).toMatchObject({ pathname: "/admin/business", search: { section: "brand" } }));
});

it("leads to the list of what there may be more of", async () => {
  server.on("searchRecords", { items: [1, 2, 3, 4, 5].map((number) => ({ ...RECORD, kind: "project" as const, id: idOf(number) })) });
  const { field, router } = await show();
  await userEvent.type(field, "lead");
  await userEvent.click(await screen.findByRole("option", { name: "All projects that match “lead”" }));
  await waitFor(() => expect(router.state.location).toMatchObject({ pathname: "/projects", search: { q: "lead" } }));
});

it("keeps to the line that was chosen when more is found above it", async () => {
  let answer: (records: { items: FoundRecordOut[] }) => void = () => undefined;
  server.on("searchRecords", () => new Promise((resolve) => (answer = resolve)));
  const { field } = await show();
  await userEvent.type(field, "pro");
  await userEvent.keyboard("{ArrowDown}");
  const chosen = screen.getByRole("option", { name: "Proposals" });
  expect(chosen).toHaveAttribute("aria-selected", "true");
  await waitFor(() => expect(server.to("searchRecords")).not.toEqual([]));
  answer({ items: [RECORD] });
  expect(await screen.findByRole("group", { name: "Invoices" })).toBeVisible();
  expect(screen.getByRole("option", { name: "Proposals" })).toHaveAttribute("aria-selected", "true");
  expect(screen.getByRole("combobox")).toHaveAttribute("aria-activedescendant", screen.getByRole("option", { name: "Proposals" }).id);
});

it("asks for nothing before the second letter, and says so", async () => {
  const { field } = await show();
  await userEvent.type(field, "l");
  expect(screen.getByText(/^Type at least 2 letters/)).toBeVisible();
  expect(server.to("searchRecords")).toEqual([]);
});

it("tells nothing found from a search that failed", async () => {
  server.on("searchRecords", { items: [] });
  const { field } = await show();
  await userEvent.type(field, "zzz");
  expect(await screen.findByText("No results for “zzz”")).toBeVisible();
  expect(screen.getByText(/clients, pages, actions and guides by their name/)).toBeVisible();
  server.on("searchRecords", refusal(503, { detail: "Try again in a minute." }));
  await userEvent.type(field, "y");
  expect(await screen.findByRole("alert")).toHaveTextContent("The search failed. Try again in a minute.");
});
