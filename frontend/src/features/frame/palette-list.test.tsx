import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { FoundRecordOut } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { idOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import { placesFor } from "./navigation";
import Palette from "./palette-list";

const server = testServer();
const RECORD: FoundRecordOut = { kind: "invoice", id: idOf(7), title: "Lead capture", code: "INV-2026-0007", status: "PAID", organization: { id: idOf(1), name: "Harbour Logistics" }, updated_at: "2026-11-21T08:00:00Z" };

afterEach(() => window.localStorage.clear());

async function show() {
  const view = await renderPage(<Palette places={placesFor(["projects:read", "invoices:read"])} isOpen onOpenChange={vi.fn()} />, { me: { permissions: ["search:use", "organizations:list"] } });
  return { ...view, field: await screen.findByRole("combobox", { name: "Search or jump to" }) };
}

it("finds records by group, the kind of the best first, and goes there by keyboard", async () => {
  server.on("searchRecords", { items: [RECORD, { ...RECORD, kind: "project", id: idOf(2), code: "PRJ-2026-019" }] });
  const { field, router } = await show();
  await userEvent.type(field, "lead");
  const option = await within(await screen.findByRole("group", { name: "Invoices" })).findByRole("option", { name: /Lead capture\s*INV-2026-0007 · Harbour Logistics/ });
  expect(screen.getAllByRole("group").map((group) => group.getAttribute("aria-label"))).toEqual(["Invoices", "Projects"]);
  expect(field).toHaveAttribute("aria-activedescendant", option.id);
  expect(screen.getByText("2 results")).toBeInTheDocument();
  expect(server.to("searchRecords").at(-1)?.query.q).toBe("lead");
  await userEvent.keyboard("{Enter}");
  await vi.waitFor(() => expect(router.state.location.pathname).toBe(`/invoices/${idOf(7)}`));
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
  expect(await screen.findByText(/^No results for “zzz”/)).toBeVisible();
  server.on("searchRecords", refusal(503, { detail: "Try again in a minute." }));
  await userEvent.type(field, "y");
  expect(await screen.findByRole("alert")).toHaveTextContent("The search failed. Try again in a minute.");
});
