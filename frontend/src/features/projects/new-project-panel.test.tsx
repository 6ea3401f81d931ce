import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { idOf, pageOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import NewProjectPanel from "./new-project-panel";

const server = testServer();

beforeEach(() => server.on("listOrganizations", pageOf([])));

async function show() {
  const onOpenChange = vi.fn();
  await renderPage(<NewProjectPanel isOpen onOpenChange={onOpenChange} />);
  return { panel: within(await screen.findByRole("dialog", { name: "New project" })), onOpenChange };
}

it("asks before it closes over what was typed", async () => {
  const { panel, onOpenChange } = await show();
  await userEvent.type(panel.getByLabelText("Title"), "Lead capture{Escape}");
  const question = within(await screen.findByRole("dialog", { name: "Leave without saving?" }));
  expect(onOpenChange).not.toHaveBeenCalled();
  await userEvent.click(question.getByRole("button", { name: "Discard changes" }));
  expect(onOpenChange).toHaveBeenCalledWith(false);
});

it("closes without a question where nothing was typed", async () => {
  const { panel, onOpenChange } = await show();
  await userEvent.type(panel.getByLabelText("Title"), "{Escape}");
  expect(onOpenChange).toHaveBeenCalledWith(false);
});

it("puts the focus into the first wrong field", async () => {
  const { panel } = await show();
  await userEvent.click(panel.getByRole("button", { name: "Create project" }));
  await vi.waitFor(() => expect(panel.getByLabelText("Client")).toHaveFocus());
});

it("asks the server for the client, in alphabetical order, and keeps the one that was picked", async () => {
  const acme = { id: idOf(31), name: "Acme Freight", domain: "acme", plan: "FREE", status: "ACTIVE", created_at: "2026-11-01T08:00:00Z" } as const;
  server.on("listOrganizations", pageOf([acme]));
  const { panel } = await show();
  const field = panel.getByLabelText("Client");
  await userEvent.type(field, "acm");
  await vi.waitFor(() => expect(server.to("listOrganizations").map(({ query }) => query)).toContainEqual({ q: "acm", sort: "name", limit: "50" }));
  await userEvent.click(await screen.findByRole("option", { name: /Acme Freight/ }));
  server.on("listOrganizations", pageOf([]));
  await userEvent.type(panel.getByLabelText("Title"), "Lead capture");
  expect(field).toHaveValue("Acme Freight");
});
