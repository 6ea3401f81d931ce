import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AuditEventOut, Permission } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { idOf, pageOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import { AuditPage } from "./audit-page";
import type { AuditFilter } from "./list";

const server = testServer();
const EVENT: AuditEventOut = {
  id: idOf(9),
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
  record: { kind: "project", id: "0199-project", code: "PRJ-2026-001", title: "Lead capture" },
  metadata: { code: "PRJ-2026-001", value: "R 10" },
};
const AREAS = { items: [{ action: "project.", label: "Projects" }, { action: "execution.", label: "Runs" }] };

/** The page, and the address that the entry beside it stands in. */
function Addressed({ filter, onFilter }: { filter: AuditFilter; onFilter: (filter: AuditFilter) => void }) {
  const [shown, setShown] = useState<Pick<AuditFilter, "event" | "page">>({ event: filter.event, page: filter.page });
  return <AuditPage filter={{ ...filter, ...shown }} onFilter={onFilter} onShow={(event, place) => setShown({ ...shown, ...place, event })} />;
}

async function show(filter: AuditFilter = {}, permissions: Permission[] = ["audit:read", "projects:read", "proposals:read", "invoices:read"]) {
  const onFilter = vi.fn();
  await renderPage(<Addressed filter={filter} onFilter={onFilter} />, { me: { permissions } });
  return onFilter;
}

beforeEach(() => {
  server.on("listAuditAreas", AREAS).on("listAuditEvents", pageOf([EVENT])).on("exportAuditEvents", new Response("id,timestamp\n", { headers: { "Content-Type": "text/csv" } }));
  URL.createObjectURL = vi.fn(() => "blob:csv");
  URL.revokeObjectURL = vi.fn();
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
});
afterEach(() => void vi.restoreAllMocks());

describe("the audit log", () => {
  it("asks for what the address's filter says", async () => {
    await show({ q: "naledi", action: "project.", outcome: "DENIED", page: 2 });
    await screen.findByRole("table", { name: "Audit log entries" });
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

  it("leads from each row to its entry, within the same list", async () => {
    await show({ outcome: "SUCCESS", page: 2 });
    expect(await screen.findByRole("link", { name: EVENT.title })).toHaveAttribute("href", `/audit?outcome=SUCCESS&page=2&event=${EVENT.id}`);
  });

  it("shows an entry with all that was recorded", async () => {
    await show({ event: EVENT.id });
    const panel = await screen.findByRole("dialog", { name: EVENT.title });
    expect(panel).toHaveTextContent("192.0.2.7");
    expect(panel).toHaveTextContent("ValueR 10");
    expect(panel).toHaveTextContent(/Action code.*project\.created/);
    await userEvent.keyboard("{Escape}");
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  it("says in the panel only what was recorded", async () => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, ip_address: null, request_id: null, metadata: {} }]));
    await show({ event: EVENT.id });
    const panel = await screen.findByRole("dialog", { name: EVENT.title });
    expect(panel).not.toHaveTextContent(/—|\{|Changes|Details|IP address|Request ID|Organization|Account/);
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

  it.each([idOf(8), "0199-cut-off"])("says that there is no entry at an address, and leads to the list: %s", async (id) => {
    server.on("listAuditEvents", ({ query }) => pageOf(query.id ? [] : [EVENT]));
    await show({ event: id });
    const panel = await screen.findByRole("dialog", { name: "Entry not found" });
    await userEvent.click(within(panel).getByRole("button", { name: "Back to the audit log" }));
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  it("leads from one entry to those beside it in the list", async () => {
    server.on("listAuditEvents", pageOf([EVENT, { ...EVENT, id: idOf(10), title: "Archived project PRJ-2026-001" }]));
    await show({ event: EVENT.id });
    expect(await screen.findByRole("button", { name: "Previous entry in the list" })).toBeDisabled();
    await vi.waitFor(() => expect(screen.getByRole("heading", { name: EVENT.title })).toHaveFocus());
    const body = screen.getByText("Request ID").closest(".overflow-y-auto");
    if (body) body.scrollTop = 300;
    await userEvent.click(screen.getByRole("button", { name: "Next entry in the list" }));
    expect(await screen.findByRole("dialog", { name: "Archived project PRJ-2026-001" })).toBeVisible();
    expect(body).toHaveProperty("scrollTop", 0);
    expect(screen.getByRole("button", { name: "Next entry in the list" })).toBeDisabled();
  });

  it("leads on over the end of a page of the list", async () => {
    const older = { ...EVENT, id: idOf(11), title: "Archived project PRJ-2026-001" };
    server.on("listAuditEvents", ({ query }) => (query.page === "2" ? { ...pageOf([older], { total: 2, pages: 2 }), page: 2 } : pageOf([EVENT], { total: 2, pages: 2 })));
    await show({ event: EVENT.id });
    await userEvent.click(await screen.findByRole("button", { name: "Next entry in the list" }));
    expect(await screen.findByRole("dialog", { name: older.title })).toBeVisible();
    expect(screen.getByRole("button", { name: "Next entry in the list" })).toBeDisabled();
    await userEvent.click(screen.getByRole("button", { name: "Previous entry in the list" }));
    expect(await screen.findByRole("dialog", { name: EVENT.title })).toBeVisible();
  });

  it("leads on and back over the end of a page of a list that nobody counts", async () => {
    const uncounted = (rows: (typeof EVENT)[], next: string | null) => ({ ...pageOf(rows), total: null, page: null, pages: null, next_cursor: next });
    const [second, third] = [{ ...EVENT, id: idOf(11), title: "Second" }, { ...EVENT, id: idOf(12), title: "Third" }];
    server.on("listAuditEvents", ({ query }) => {
      if (query.cursor === "two") return uncounted([third], null);
      return query.cursor === "one" ? uncounted([second], "two") : uncounted([EVENT], "one");
    });
    await show({ q: "project", event: EVENT.id });
    const next = () => screen.findByRole("button", { name: "Next entry in the list" });
    const previous = () => screen.findByRole("button", { name: "Previous entry in the list" });
    await userEvent.click(await next());
    await screen.findByRole("dialog", { name: second.title });
    await userEvent.click(await next());
    await screen.findByRole("dialog", { name: third.title });
    expect(await next()).toBeDisabled();
    await userEvent.click(await previous());
    await screen.findByRole("dialog", { name: second.title });
    await userEvent.click(await previous());
    await screen.findByRole("dialog", { name: EVENT.title });
    expect(await previous()).toBeDisabled();
  });

  it("stays with the entry, and shows why, where the next page cannot be had", async () => {
    server.on("listAuditEvents", ({ query }) => {
      if (query.id) return pageOf([EVENT]);
      return query.page === "2" ? refusal(503, { detail: "Not now." }) : pageOf([EVENT], { total: 2, pages: 2 });
    });
    await show({ event: EVENT.id });
    await userEvent.click(await screen.findByRole("button", { name: "Next entry in the list" }));
    expect(await screen.findByText("Not now.")).toBeInTheDocument();
    expect(screen.getByRole("dialog", { name: EVENT.title })).toBeVisible();
  });

  it("says that an entry could not be loaded, and tries again", async () => {
    server.on("listAuditEvents", ({ query }) => (query.id ? refusal(400, { detail: "Not now." }) : pageOf([])));
    await show({ event: EVENT.id });
    expect(await screen.findByRole("dialog", { name: "Audit log entry" })).toHaveTextContent("Not now.");
    server.on("listAuditEvents", pageOf([EVENT]));
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("dialog", { name: EVENT.title })).toBeVisible();
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
    expect(await navigator.clipboard.readText()).toBe(`${window.location.origin}/audit?event=${EVENT.id}`);
  });

  it("says whose account it was", async () => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, action: "session.refused", title: "Failed to sign in", actor_type: "ANONYMOUS", actor_id: null, subject: "Aisha Jacobs", subject_email: "owner@demo.test", metadata: { reason: "password" } }]));
    await show({ event: EVENT.id });
    expect(await screen.findByRole("dialog")).toHaveTextContent(/AccountAisha Jacobsowner@demo\.test.*ReasonWrong password/);
  });

  it("says for whom the product acted", async () => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, actor_type: "SYSTEM", actor: "workflows.deploy", ip_address: null, metadata: { by: "Naledi Dlamini" } }]));
    await show();
    expect(await screen.findByRole("cell", { name: "CapeControl, for Naledi Dlamini" })).toBeVisible();
  });

  it("puts what was and what is below each other where they are long", async () => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, metadata: { before: { address: "12 Signal Street\nCape Town 8001", phone: "021 1" }, after: { address: "12 Long Street\nCape Town 8001", phone: "021 2" } } }]));
    await show({ event: EVENT.id });
    const panel = await screen.findByRole("dialog");
    expect(panel).toHaveTextContent("ChangesAddressBefore");
    expect(panel).toHaveTextContent(/021 1\s*→ 021 2/);
    expect(panel).toHaveTextContent("AddressBefore12 Signal Street Cape Town 8001After12 Long Street Cape Town 8001");
  });

  it("tells the second, and the zone once where it is one for all", async () => {
    await show();
    expect(await screen.findByRole("cell", { name: /^21 Nov 2026, \d\d:00:00$/ })).toBeVisible();
    expect(screen.getByRole("columnheader", { name: /^Time \(\S+\)$/ })).toBeVisible();
  });

  it("says in the list from where somebody acted", async () => {
    await show();
    expect(await screen.findByRole("cell", { name: /192\.0\.2\.7/ })).toBeVisible();
  });

  it("leaves out renewals of sessions unless they are asked for", async () => {
    const onFilter = await show();
    await screen.findByRole("table", { name: "Audit log entries" });
    expect(server.to("listAuditEvents")[0]?.query).toMatchObject({ exclude_action: "session.renewed" });
    expect(screen.getByText("Session renewals are hidden.", { exact: false })).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Show them" }));
    expect(onFilter).toHaveBeenLastCalledWith({ renewals: "shown", page: undefined });
  });

  it("says that renewals are shown, and hides them again", async () => {
    const onFilter = await show({ renewals: "shown", page: 3 });
    await userEvent.click(await screen.findByRole("button", { name: "Hide them" }));
    expect(onFilter).toHaveBeenLastCalledWith({ renewals: undefined, page: undefined });
  });

  it.each([{ q: "session.renewed" }, { q: "Renewed" }, { action: "session.renewed" }])("shows renewals to whoever looks for them: %o", async (filter) => {
    await show(filter);
    await screen.findByRole("table", { name: "Audit log entries" });
    expect(server.to("listAuditEvents")[0]?.query).not.toHaveProperty("exclude_action");
    expect(screen.getByText("Session renewals are shown.")).toBeVisible();
  });

  it("shows renewals, and saves them, when they are asked for", async () => {
    await show({ renewals: "shown" });
    await screen.findByRole("table", { name: "Audit log entries" });
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
    server.on("listAuditEvents", pageOf([{ ...EVENT, actor_type: type, actor, actor_email: null, ip_address: null }]));
    await show();
    expect(await screen.findByRole("cell", { name })).toBeVisible();
  });

  it.each([
    ["project", "PRJ-2026-001", "Lead capture", "/projects/0199-record"],
    ["proposal", "PRJ-2026-001 v1", "Lead capture", "/proposals/0199-record"],
    ["invoice", "INV-2026-0002", "Lead capture", "/invoices/0199-record"],
  ] as const)("leads on from an entry about a %s", async (kind, code, title, address) => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, record: { kind, id: "0199-record", code, title } }]));
    await show({ event: EVENT.id });
    expect(await screen.findByRole("link", { name: `${code}, ${title}` })).toHaveAttribute("href", address);
  });

  it("names the record to those who may not open it", async () => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, record: { kind: "proposal", id: "0199-record", code: "PRJ-2026-001 v1", title: "Lead capture" } }]));
    await show({ event: EVENT.id }, ["audit:read"]);
    const panel = await screen.findByRole("dialog");
    expect(panel).toHaveTextContent("RecordPRJ-2026-001 v1, Lead captureProposal");
    expect(within(panel).queryByRole("link", { name: /PRJ/ })).not.toBeInTheDocument();
  });

  it("does not break a record's number", async () => {
    await show();
    expect((await screen.findByRole("link", { name: EVENT.title })).querySelector(".whitespace-nowrap")).toHaveTextContent(/^PRJ-2026-001$/);
  });

  it.each([
    ["business", { after: { name: "Northstar" } }, "Business settings", "/admin/business"],
    ["business", { after: { bank: { number: "••••1234" } } }, "Business settings", "/admin/business?section=money"],
    ["workflow_environment", { name: "Staging" }, "n8n server Staging", "/admin/workflows?tab=environments"],
  ])("names what of the installation an entry is about: %s", async (type, metadata, name, address) => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, resource_type: type, record: null, metadata }]));
    await show({ event: EVENT.id }, ["audit:read", "business:write", "workflow_templates:manage"]);
    expect(await screen.findByRole("link", { name })).toHaveAttribute("href", address);
  });

  it("leads to the entries that have something in common with one", async () => {
    server.on("listAuditEvents", pageOf([EVENT, { ...EVENT, id: idOf(10) }]));
    await show({ event: EVENT.id });
    expect(await screen.findByRole("link", { name: "About the same record" })).toHaveAttribute("href", "/audit?q=0199-project");
    expect(await screen.findByRole("link", { name: "By or about the same person" })).toHaveAttribute("href", "/audit?q=0199-actor");
  });

  it("leads to what else was done to an account", async () => {
    const account = { ...EVENT, record: null, subject: "Aisha Jacobs", resource_type: "user", resource_id: "0199-account" };
    server.on("listAuditEvents", pageOf([account, { ...account, id: idOf(10) }]));
    await show({ event: EVENT.id });
    expect(await screen.findByRole("link", { name: "About the same account" })).toHaveAttribute("href", "/audit?q=0199-account");
    expect(server.to("listAuditEvents").map(({ query }) => query)).toContainEqual({ resource_type: "user", resource_id: "0199-account", limit: "2", total: "false" });
  });

  it("offers no entries but others", async () => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, actor_type: "SYSTEM", record: null, resource_type: "business" }]));
    await show({ event: EVENT.id });
    await screen.findByRole("dialog");
    const asked = () => server.to("listAuditEvents").map(({ query }) => query);
    await vi.waitFor(() => expect(asked()).toContainEqual({ resource_type: "business", resource_id: "0199-project", limit: "2", total: "false" }));
    expect(screen.queryByText("More entries")).not.toBeInTheDocument();
  });

  it("says of what Stripe reported which event it was", async () => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, actor_type: "SYSTEM", actor: "stripe", actor_id: null, action: "stripe_event.received", title: "Reported a payment", resource_type: "inbound_event", record: null, metadata: { type: "payment_intent.succeeded", external_id: "evt_1" } }]));
    await show({ event: EVENT.id });
    expect(await screen.findByRole("dialog")).toHaveTextContent(/RecordStripe event evt_1.*Stripe sent this event.*Event typepayment_intent\.succeeded/);
  });

  it("explains why a session was ended as a precaution", async () => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, action: "session.token_reused", title: "Session ended as a precaution", metadata: {} }]));
    await show({ event: EVENT.id });
    expect(await screen.findByRole("dialog")).toHaveTextContent(/^.*AccountNaledi Dlamini.*Details.*someone may have copied it/);
  });

  it("tells on which side a person acted, and whom of two with one name", async () => {
    await show({ event: EVENT.id });
    expect(await screen.findByRole("cell", { name: /^Naledi Dlamini ?· ?Staff · 192\.0\.2\.7$/, hidden: true })).toBeInTheDocument();
    expect(await screen.findByRole("dialog", { name: EVENT.title })).toHaveTextContent("Naledi Dlamini · Staffoperator@demo.test");
  });

  it("names the product where the system acted, and says in the panel why", async () => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, actor_type: "SYSTEM", actor_id: null, actor_email: null, actor: "billing.apply_stripe_webhook", ip_address: null }]));
    await show({ event: EVENT.id });
    expect(await screen.findByRole("cell", { name: "CapeControl", hidden: true })).toBeInTheDocument();
    expect(await screen.findByRole("dialog", { name: EVENT.title })).toHaveTextContent("billing.apply_stripe_webhook");
  });

  it("tells an empty filter from an empty log", async () => {
    server.on("listAuditEvents", pageOf([]));
    await show({ outcome: "DENIED" });
    expect(await screen.findByText("No entries match these filters")).toBeInTheDocument();
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
    await screen.findByRole("table", { name: "Audit log entries" });
    await download();
    await vi.waitFor(() => expect(URL.createObjectURL).toHaveBeenCalledOnce());
    const exported = server.to("exportAuditEvents")[0]?.query ?? {};
    expect(Object.keys(exported).sort()).toEqual(["exclude_action", "from", "outcome", "q", "to"]);
    expect(server.to("listAuditEvents")[0]?.query).toMatchObject(exported);
  });

  it("says on the page when it could not be made", async () => {
    server.on("exportAuditEvents", refusal(503, { detail: "Try again in a minute." }));
    await show();
    await screen.findByRole("table", { name: "Audit log entries" });
    await download();
    expect(await screen.findByRole("alert")).toHaveTextContent("Try again in a minute.");
    expect(URL.createObjectURL).not.toHaveBeenCalled();
  });
});
