import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
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

describe("the client's field", () => {
  const client = (n: number, name: string) => ({ id: idOf(n), name, domain: `client-${n}`, plan: "FREE", status: "ACTIVE", created_at: "2026-11-01T08:00:00Z" }) as const;
  const CLIENTS = [client(31, "Harbour Logistics"), client(32, "Karoo Harvest"), client(33, "Kloof Dental")];
  beforeEach(() => server.on("listOrganizations", ({ query }) => pageOf(CLIENTS.filter(({ name }) => name.toLowerCase().includes(query.q ?? "")))));
  /** In one go: key by key takes seconds on a busy machine. */
  async function enter(field: HTMLElement, words: string) {
    await userEvent.click(field);
    (field as HTMLInputElement).select();
    await userEvent.paste(words);
  }
  async function type(words: string) {
    const { panel, onOpenChange } = await show();
    const field = panel.getByLabelText("Client");
    await enter(field, words);
    await vi.waitFor(() => expect(server.to("listOrganizations").at(-1)?.query.q).toBe(words));
    return { panel, field, onOpenChange };
  }

  it("takes the first match on Enter, and doesn't send the form", async () => {
    const { panel, field } = await type("har");
    await screen.findByText("Karoo Harvest");
    await userEvent.keyboard("{Enter}");
    expect(field).toHaveValue("Harbour Logistics");
    expect(screen.queryByRole("listbox")).not.toBeInTheDocument();
    expect(panel.queryByText("Enter a title.")).not.toBeInTheDocument();
    expect(panel.queryByText("Choose a client.")).not.toBeInTheDocument();
  });

  it("takes the match and none of those from before where Enter is faster than the server", async () => {
    const { panel } = await show();
    const field = panel.getByLabelText("Client");
    await userEvent.click(field);
    await screen.findByText("Harbour Logistics");
    await enter(field, "kloof");
    await userEvent.keyboard("{Enter}");
    expect(field).toHaveValue("Kloof Dental");
  });

  it("keeps the list and the words on Enter where nothing matches", async () => {
    const { panel, field } = await type("zzz");
    await screen.findByText("No clients match. Check the spelling.");
    await userEvent.keyboard("{Enter}");
    expect(field).toHaveValue("zzz");
    expect(screen.getByText("No clients match. Check the spelling.")).toBeVisible();
    expect(panel.queryByText("Choose a client.")).not.toBeInTheDocument();
  });

  it("takes the only match on Tab", async () => {
    const { field } = await type("harb");
    await screen.findByText("Harbour Logistics");
    await userEvent.tab();
    await vi.waitFor(() => expect(field).toHaveValue("Harbour Logistics"));
    expect(field).not.toHaveAttribute("aria-invalid");
  });

  it("takes the only match that the server finds after Tab", async () => {
    const { panel } = await show();
    const field = panel.getByLabelText("Client");
    await enter(field, "harb");
    await userEvent.tab();
    await vi.waitFor(() => expect(field).toHaveValue("Harbour Logistics"));
  });

  it.each(["har", "zzz"])("keeps %s, which names no one client, and says what to do", async (words) => {
    const { panel, field } = await type(words);
    await userEvent.tab();
    expect(await panel.findByText("Choose one from the list.")).toBeVisible();
    await vi.waitFor(() => expect(screen.queryByRole("listbox")).not.toBeInTheDocument());
    expect(field).toHaveValue(words);
    expect(field).toBeInvalid();
    await enter(field, "kloof");
    expect(panel.queryByText("Choose one from the list.")).not.toBeInTheDocument();
    await userEvent.click(await screen.findByText("Kloof Dental"));
    expect(field).toHaveValue("Kloof Dental");
  });

  it("brings back the client that was chosen before where the words name no one", async () => {
    const { panel, field } = await type("kloof");
    await userEvent.click(await screen.findByText("Kloof Dental"));
    await enter(field, "zzz");
    await screen.findByText("No clients match. Check the spelling.");
    await userEvent.tab();
    await vi.waitFor(() => expect(field).toHaveValue("Kloof Dental"));
    expect(panel.queryByText("Choose one from the list.")).not.toBeInTheDocument();
  });

  it("leaves the chosen client where it is on Escape, which is the panel's", async () => {
    const { field } = await type("kloof");
    await userEvent.click(await screen.findByText("Kloof Dental"));
    await vi.waitFor(() => expect(screen.queryByRole("listbox")).not.toBeInTheDocument());
    await userEvent.type(field, "{Escape}", { skipClick: true });
    expect(field).toHaveValue("Kloof Dental");
    expect(await screen.findByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
  });

  it("shows a long name on two lines, and what tells it from others beside it", async () => {
    await type("har");
    const label = await screen.findByText("Harbour Logistics");
    expect(label).toHaveClass("line-clamp-2");
    expect(label).toHaveAttribute("title", "Harbour Logistics");
    expect(label.nextSibling).toHaveTextContent("client-31");
  });
});
