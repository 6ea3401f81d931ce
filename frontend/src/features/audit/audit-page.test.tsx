import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AuditEventOut } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { idOf, pageOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import { AuditPage } from "./audit-page";
import type { AuditFilter } from "./list";

const server = testServer();
const EVENT: AuditEventOut = {
  id: "0199-event",
  timestamp: "2026-11-21T08:00:00Z",
  actor_id: "0199-actor",
  actor_type: "OPERATOR",
  actor: "Naledi Dlamini",
  actor_email: "operator@demo.test",
  subject: null,
  subject_email: null,
  action: "project.created",
  title: "Created project PRJ-2026-001",
  resource: "project/0199-project",
  resource_type: "project",
  resource_id: "0199-project",
  outcome: "SUCCESS",
  org_id: null,
  organization: null,
  ip_address: "192.0.2.7",
  request_id: "0199-request",
  metadata: { code: "PRJ-2026-001", value: "R 10" },
};
const AREAS = { items: [{ action: "project.", label: "Projects" }, { action: "execution.", label: "Runs" }] };

/** The page, and the address that the entry beside it stands in. */
function Addressed({ filter, onFilter }: { filter: AuditFilter; onFilter: (filter: AuditFilter) => void }) {
  const [event, setEvent] = useState(filter.event);
  return <AuditPage filter={{ ...filter, event }} onFilter={onFilter} onShow={setEvent} />;
}

async function show(filter: AuditFilter = {}) {
  const onFilter = vi.fn();
  // An auditor: reads the log, and may not list the organizations.
  await renderPage(<Addressed filter={filter} onFilter={onFilter} />, { me: { permissions: ["audit:read", "projects:read", "proposals:read", "invoices:read"] } });
  return onFilter;
}

beforeEach(() => {
  server.on("listAuditAreas", AREAS).on("listAuditEvents", pageOf([EVENT])).on("exportAuditEvents", new Response("id,timestamp\n", { headers: { "Content-Type": "text/csv" } }));
  URL.createObjectURL = vi.fn(() => "blob:csv");
  URL.revokeObjectURL = vi.fn();
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  delete document.documentElement.dataset.narrow;
});

describe("the audit log", () => {
  it("asks for what the address's filter says", async () => {
    await show({ q: "naledi", action: "project.", outcome: "DENIED", page: 2 });
    await screen.findByRole("table", { name: "Audit events" });
    expect(server.to("listAuditEvents")[0]?.query).toMatchObject({ q: "naledi", action: "project.", outcome: "DENIED", page: "2" });
  });

  it("puts a changed filter into the address, beside the others and on the first page", async () => {
    const onFilter = await show({ action: "project.", page: 3 });
    await userEvent.selectOptions(await screen.findByLabelText("Outcome"), "DENIED");
    expect(onFilter).toHaveBeenLastCalledWith({ action: "project.", outcome: "DENIED", page: undefined });
  });

  it("offers the areas that the server names", async () => {
    const onFilter = await show();
    const area = await screen.findByLabelText("Area");
    await userEvent.selectOptions(area, await screen.findByRole("option", { name: "Runs" }));
    expect(onFilter).toHaveBeenLastCalledWith({ action: "execution.", page: undefined });
  });

  it("takes a cleared filter out of the address", async () => {
    const onFilter = await show({ outcome: "DENIED" });
    await userEvent.selectOptions(await screen.findByLabelText("Outcome"), "");
    expect(onFilter).toHaveBeenLastCalledWith({ outcome: undefined, page: undefined });
    await userEvent.click(screen.getByRole("button", { name: "Clear" }));
    expect(onFilter).toHaveBeenLastCalledWith({});
  });

  it("shows an entry with all that was recorded, by keyboard too, and gives the focus back", async () => {
    await show();
    const opener = await screen.findByRole("button", { name: EVENT.title });
    opener.focus();
    await userEvent.keyboard("{Enter}");
    const panel = await screen.findByRole("dialog", { name: EVENT.title });
    expect(panel).toHaveTextContent("192.0.2.7");
    expect(panel).toHaveTextContent("ValueR 10");
    expect(panel).toHaveTextContent(/Action code.*project\.created/);
    await userEvent.keyboard("{Escape}");
    await vi.waitFor(() => expect(opener).toHaveFocus());
  });

  it("says in the panel only what was recorded", async () => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, ip_address: null, request_id: null, metadata: {} }]));
    await show();
    await userEvent.click(await screen.findByRole("button", { name: EVENT.title }));
    const panel = await screen.findByRole("dialog", { name: EVENT.title });
    expect(panel).not.toHaveTextContent(/—|\{|Details|IP address|Request ID|Organization|Account/);
  });

  it("opens the entry that the address names, and closes it", async () => {
    await show({ event: EVENT.id });
    const panel = await screen.findByRole("dialog", { name: EVENT.title });
    expect(server.to("listAuditEvents")[0]?.query).not.toHaveProperty("event");
    await userEvent.click(within(panel).getByRole("button", { name: "Close" }));
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  it("finds the entry that the address names wherever it stands in the log", async () => {
    server.on("listAuditEvents", ({ query }) => pageOf(query.id ? [EVENT] : []));
    await show({ event: EVENT.id });
    expect(await screen.findByRole("dialog", { name: EVENT.title })).toBeVisible();
    expect(server.to("listAuditEvents").map(({ query }) => query.id)).toContain(EVENT.id);
  });

  it("says that there is no such entry", async () => {
    server.on("listAuditEvents", ({ query }) => pageOf(query.id ? [] : [EVENT]));
    await show({ event: "0199-gone" });
    expect(await screen.findByRole("dialog", { name: "Entry not found" })).toBeVisible();
  });

  it("says that an entry could not be loaded, and tries again", async () => {
    server.on("listAuditEvents", ({ query }) => (query.id ? refusal(400, { detail: "Not now." }) : pageOf([])));
    await show({ event: EVENT.id });
    expect(await screen.findByRole("dialog", { name: "Audit log entry" })).toHaveTextContent("Not now.");
    server.on("listAuditEvents", pageOf([EVENT]));
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("dialog", { name: EVENT.title })).toBeVisible();
  });

  it("calls it no outcome that the password was asked for", async () => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, action: "access.confirmation_asked", title: "Was asked for the password before: Update the bank details", metadata: { summary: "Update the bank details" } }]));
    await show();
    expect(await screen.findByRole("cell", { name: "Asked" })).toBeVisible();
    expect(screen.queryByRole("cell", { name: "Success" })).not.toBeInTheDocument();
  });

  it("names no account where somebody acted on their own", async () => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, resource_type: "user", resource_id: EVENT.actor_id, subject: EVENT.actor, subject_email: EVENT.actor_email }]));
    await show({ event: EVENT.id });
    expect(await screen.findByRole("dialog", { name: EVENT.title })).not.toHaveTextContent("Account");
  });

  it("gives an entry a link of its own", async () => {
    userEvent.setup();
    await show({ event: EVENT.id });
    await userEvent.click(await screen.findByRole("button", { name: "Copy link" }));
    await screen.findByText("Link copied");
    expect(await navigator.clipboard.readText()).toBe(`${window.location.origin}/audit?event=0199-event`);
  });

  it("says whose account it was", async () => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, action: "session.refused", title: "Failed to sign in", actor_type: "ANONYMOUS", actor_id: null, subject: "Aisha Jacobs", subject_email: "owner@demo.test", metadata: { reason: "password" } }]));
    await show({ event: EVENT.id });
    expect(await screen.findByRole("button", { name: "Failed to sign in: Aisha Jacobs", hidden: true })).toBeInTheDocument();
    expect(await screen.findByRole("dialog")).toHaveTextContent(/AccountAisha Jacobsowner@demo\.test.*ReasonWrong password/);
  });

  it("says for whom the product acted", async () => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, actor_type: "SYSTEM", actor: "workflows.deploy", metadata: { by: "Naledi Dlamini" } }]));
    await show();
    expect(await screen.findByRole("cell", { name: "CapeControl, for Naledi Dlamini" })).toBeVisible();
  });

  it("puts what was and what is below each other where they are long", async () => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, metadata: { before: { address: "12 Signal Street\nCape Town 8001", phone: "021 1" }, after: { address: "12 Long Street\nCape Town 8001", phone: "021 2" } } }]));
    await show({ event: EVENT.id });
    const panel = await screen.findByRole("dialog");
    expect(panel).toHaveTextContent("021 1 → 021 2");
    expect(panel).toHaveTextContent("AddressBefore12 Signal Street Cape Town 8001After12 Long Street Cape Town 8001");
  });

  it("tells the second and the zone", async () => {
    await show();
    expect(await screen.findByRole("cell", { name: /^21 Nov 2026, \d\d:00:00 \S+$/ })).toBeVisible();
  });

  it("leaves out renewals of sessions unless they are asked for", async () => {
    const onFilter = await show();
    await screen.findByRole("table", { name: "Audit events" });
    expect(server.to("listAuditEvents")[0]?.query).toMatchObject({ exclude_action: "session.renewed" });
    await userEvent.click(screen.getByRole("button", { name: "Choose columns and rows" }));
    await userEvent.click(await screen.findByRole("menuitemcheckbox", { name: "Session renewals", checked: false }));
    expect(onFilter).toHaveBeenLastCalledWith({ renewals: "shown", page: undefined });
  });

  it("offers renewals beside the other filters where there are cards", async () => {
    document.documentElement.dataset.narrow = "yes";
    const onFilter = await show();
    await userEvent.selectOptions(await screen.findByLabelText("Session renewals"), "Shown");
    expect(onFilter).toHaveBeenLastCalledWith({ renewals: "shown", page: undefined });
  });

  it("says in the bar that renewals are shown, and hides them again from there or from the menu", async () => {
    const onFilter = await show({ renewals: "shown" });
    await screen.findByRole("table", { name: "Audit events" });
    await userEvent.click(screen.getByRole("button", { name: "Remove the Session renewals filter" }));
    expect(onFilter).toHaveBeenLastCalledWith({ renewals: undefined, page: undefined });
    await userEvent.click(screen.getByRole("button", { name: "Choose columns and rows" }));
    await userEvent.click(await screen.findByRole("menuitemcheckbox", { name: "Session renewals", checked: true }));
    expect(onFilter).toHaveBeenLastCalledWith({ renewals: undefined, page: undefined });
  });

  it("shows renewals, and saves them, when they are asked for", async () => {
    await show({ renewals: "shown" });
    await screen.findByRole("table", { name: "Audit events" });
    await userEvent.click(screen.getByRole("button", { name: /^Export CSV/ }));
    await vi.waitFor(() => expect(URL.createObjectURL).toHaveBeenCalledOnce());
    for (const asked of [server.to("listAuditEvents")[0], server.to("exportAuditEvents")[0]]) {
      expect(asked?.query).not.toHaveProperty("exclude_action");
      expect(asked?.query).not.toHaveProperty("renewals");
    }
  });

  it("finds an organization to filter by, also for who may not list them", async () => {
    server.on("listAuditedOrganizations", { items: [{ id: idOf(1), name: "Harbour Logistics", domain: "harbour" }] });
    const onFilter = await show();
    await userEvent.click(await screen.findByRole("button", { name: "Organization" }));
    await userEvent.click(await screen.findByRole("option", { name: /Harbour Logistics/ }));
    expect(onFilter).toHaveBeenLastCalledWith({ org_id: idOf(1), page: undefined });
  });

  it("names the organization that the address filters by", async () => {
    server.on("listAuditedOrganizations", { items: [{ id: idOf(1), name: "Harbour Logistics", domain: "harbour" }] });
    await show({ org_id: idOf(1) });
    expect(await screen.findByRole("button", { name: "Organization: Harbour Logistics" })).toBeVisible();
    expect(server.to("listAuditedOrganizations")[0]?.query).toMatchObject({ q: idOf(1) });
  });

  it.each([
    ["SYSTEM", "n8n", "n8n"],
    ["SYSTEM", "stripe", "Stripe"],
    ["SYSTEM", "billing.apply_stripe_webhook", "CapeControl"],
    ["ANONYMOUS", "Anonymous", "Not signed in"],
  ] as const)("names who is no person: %s %s", async (type, actor, name) => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, actor_type: type, actor, actor_email: null }]));
    await show();
    expect(await screen.findByRole("cell", { name })).toBeVisible();
  });

  it.each([
    ["project", {}, "Open project", "/projects/0199-record"],
    ["invoice", {}, "Open invoice", "/invoices/0199-record"],
    ["project", { code: "PRJ-2026-001" }, "Project PRJ-2026-001", "/projects/0199-record"],
    ["execution", { project_id: "0199-project" }, "Open project", "/projects/0199-project"],
    ["payment", { invoice_id: "0199-invoice", number: "INV-2026-0002", proposal_id: "0199-proposal" }, "Invoice INV-2026-0002", "/invoices/0199-invoice"],
    ["payment", { proposal_id: "0199-proposal", project_id: "0199-project" }, "Open proposal", "/proposals/0199-proposal"],
  ])("leads on from an entry about one %s %o", async (type, metadata, words, address) => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, resource_type: type, resource_id: "0199-record", metadata }]));
    await show();
    await userEvent.click(await screen.findByRole("button", { name: EVENT.title }));
    expect(await screen.findByRole("link", { name: words })).toHaveAttribute("href", address);
  });

  it("tells on which side a person acted, and whom of two with one name", async () => {
    await show();
    expect(await screen.findByText("Naledi Dlamini · Staff")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: EVENT.title }));
    expect(await screen.findByRole("dialog", { name: EVENT.title })).toHaveTextContent("operator@demo.test");
  });

  it("names the product where the system acted, and says in the panel why", async () => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, actor_type: "SYSTEM", actor_id: null, actor_email: null, actor: "billing.apply_stripe_webhook" }]));
    await show();
    expect(await screen.findByRole("cell", { name: "CapeControl" })).toBeVisible();
    expect(screen.queryByText("billing.apply_stripe_webhook")).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: EVENT.title }));
    expect(await screen.findByRole("dialog", { name: EVENT.title })).toHaveTextContent("billing.apply_stripe_webhook");
  });

  it("tells an empty filter from an empty log", async () => {
    server.on("listAuditEvents", pageOf([]));
    await show({ outcome: "DENIED" });
    expect(await screen.findByText("No events match these filters")).toBeInTheDocument();
  });

  it("says so when the role may not see it", async () => {
    server.on("listAuditEvents", refusal(403, { detail: "No." }));
    await show();
    expect(await screen.findByText("You don’t have access to this")).toBeInTheDocument();
  });
});

describe("the CSV", () => {
  const download = () => userEvent.click(screen.getByRole("button", { name: /^Export CSV/ }));

  it("carries the same filter as the list, and all of its pages", async () => {
    await show({ q: "naledi", outcome: "SUCCESS", from: "2026-11-20", to: "2026-11-21", page: 2 });
    await screen.findByRole("table", { name: "Audit events" });
    await download();
    await vi.waitFor(() => expect(URL.createObjectURL).toHaveBeenCalledOnce());
    const exported = server.to("exportAuditEvents")[0]?.query ?? {};
    expect(Object.keys(exported).sort()).toEqual(["exclude_action", "from", "outcome", "q", "to"]);
    expect(server.to("listAuditEvents")[0]?.query).toMatchObject(exported);
  });

  it("says on the page when it could not be made", async () => {
    server.on("exportAuditEvents", refusal(503, { detail: "Try again in a minute." }));
    await show();
    await screen.findByRole("table", { name: "Audit events" });
    await download();
    expect(await screen.findByRole("alert")).toHaveTextContent("Try again in a minute.");
    expect(URL.createObjectURL).not.toHaveBeenCalled();
  });
});
