import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AuditEventOut } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { pageOf } from "@/testing/samples";
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
  action: "project.created",
  resource: "project/0199-project",
  resource_type: "project",
  resource_id: "0199-project",
  outcome: "SUCCESS",
  org_id: null,
  ip_address: "192.0.2.7",
  request_id: "0199-request",
  metadata: { code: "PRJ-2026-001" },
};
const AREAS = { items: [{ action: "project.", label: "Projects" }, { action: "execution.", label: "Runs" }] };

async function show(filter: AuditFilter = {}) {
  const onFilter = vi.fn();
  // An auditor: reads the log, and may not list the organizations.
  await renderPage(<AuditPage filter={filter} onFilter={onFilter} />, { me: { permissions: ["audit:read"] } });
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
    const opener = await screen.findByRole("button", { name: "project.created" });
    opener.focus();
    await userEvent.keyboard("{Enter}");
    const panel = await screen.findByRole("dialog", { name: "project.created" });
    expect(panel).toHaveTextContent("192.0.2.7");
    expect(panel).toHaveTextContent('"code": "PRJ-2026-001"');
    await userEvent.keyboard("{Escape}");
    await vi.waitFor(() => expect(opener).toHaveFocus());
  });

  it("tells on which side a person acted, and whom of two with one name", async () => {
    await show();
    expect(await screen.findByText("Naledi Dlamini · Staff")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "project.created" }));
    expect(await screen.findByRole("dialog", { name: "project.created" })).toHaveTextContent("operator@demo.test");
  });

  it("names the product where the system acted, and says in the panel why", async () => {
    server.on("listAuditEvents", pageOf([{ ...EVENT, actor_type: "SYSTEM", actor_id: null, actor_email: null, actor: "billing.apply_stripe_webhook" }]));
    await show();
    expect(await screen.findByRole("cell", { name: "CapeControl" })).toBeVisible();
    expect(screen.queryByText("billing.apply_stripe_webhook")).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "project.created" }));
    expect(await screen.findByRole("dialog", { name: "project.created" })).toHaveTextContent("billing.apply_stripe_webhook");
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
    expect(Object.keys(exported).sort()).toEqual(["from", "outcome", "q", "to"]);
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
