import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { MeOut, Permission, ProposalOut } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { brandingOf, idOf, invoiceOf, pageOf, projectOf, proposalOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import { ProjectDetail } from "./-project-detail";

const server = testServer();
const SENT = proposalOf();
const APPROVED = proposalOf({ status: "APPROVED" });
const OWNER: Permission[] = ["proposals:decide", "proposals:pay"];

beforeEach(() => {
  server.on("getProject", projectOf({ status: "PROPOSED" })).on("listProjectActivity", { items: [], next_cursor: null, total: 0, total_capped: false, page: null, pages: null });
  server.on("listWorkflows", pageOf([])).on("listInvoices", pageOf([]));
});

async function show(versions: ProposalOut[], permissions: Permission[], me: Partial<MeOut> = {}) {
  server.on("listProposals", pageOf(versions));
  await renderPage(<ProjectDetail projectId={idOf(2)} tab="overview" onTab={vi.fn()} proposals={null} invoices={null} workflows={null} />, { me: { permissions, ...me } });
  await screen.findByRole("heading", { level: 1 });
}

describe("what comes next for a client on a project", () => {
  it("is to review what was sent", async () => {
    await show([SENT], OWNER);
    expect(await screen.findByRole("link", { name: "Review proposal" })).toHaveAttribute("href", `/proposals/${SENT.id}`);
  });

  it("is an owner's part where the reader may not decide", async () => {
    await show([SENT], []);
    expect(await screen.findByText("An owner of Harbour Logistics can approve this proposal.")).toBeVisible();
    expect(screen.getByRole("link", { name: "View proposal" })).toHaveAttribute("href", `/proposals/${SENT.id}`);
  });

  it("is to pay what was approved", async () => {
    await show([APPROVED], OWNER);
    expect(await screen.findByRole("button", { name: /^Pay R\s1,150\.00$/ })).toBeVisible();
  });

  it("is an owner's part where the reader may not pay", async () => {
    await show([APPROVED], []);
    expect(await screen.findByText("An owner of Harbour Logistics can pay.")).toBeVisible();
    expect(screen.queryByRole("button", { name: /^Pay/ })).not.toBeInTheDocument();
  });

  it.each<ProposalOut["status"]>(["DECLINED", "EXPIRED", "CHANGES_REQUESTED"])("is to ask the business after %s", async (status) => {
    server.on("getBranding", brandingOf({ email: "hello@northstar.example" }));
    await show([proposalOf({ status })], OWNER);
    expect(await screen.findByRole("link", { name: "Contact Northstar Automation" })).toHaveAttribute("href", expect.stringContaining(encodeURIComponent("PRJ-2026-019, version 1")));
  });

  it("is nothing for an archived project", async () => {
    server.on("getProject", projectOf({ status: "ARCHIVED" }));
    await show([proposalOf({ status: "DECLINED" })], OWNER);
    await screen.findByRole("tab", { name: /^Proposals\s*1/ });
    await screen.findByRole("tab", { name: /^Invoices\s*0/ });
    expect(screen.queryByRole("link", { name: /^Contact/ })).not.toBeInTheDocument();
  });

  it("is nothing once it is paid", async () => {
    server.on("listInvoices", pageOf([invoiceOf({ proposal_id: APPROVED.id })]));
    await show([APPROVED], OWNER);
    await screen.findByText("Paid so far");
    expect(screen.queryByRole("button", { name: /^Pay/ })).not.toBeInTheDocument();
    expect(screen.queryByRole("link", { name: /^Invoice/ })).not.toBeInTheDocument();
  });
});

it("offers staff a proposal, and no client's part", async () => {
  const staff: Partial<MeOut> = { realm: "ADMIN", role: "OPERATOR", organization: null };
  await show([proposalOf({ status: "DECLINED" })], ["proposals:write"], staff);
  expect(await screen.findByRole("link", { name: "Write new proposal" })).toBeVisible();
});

it("tells staff that a proposal did not arrive, and offers to send it again", async () => {
  const staff: Partial<MeOut> = { realm: "ADMIN", role: "OPERATOR", organization: null };
  const lost = proposalOf({ undelivered: [{ recipient: "thandi@harbour.example", reason: "REFUSED", at: "2026-11-21T10:00:00Z" }] });
  await show([lost], ["proposals:write"], staff);
  expect(await screen.findByText("Version 1 wasn’t delivered")).toBeVisible();
  expect(screen.getByRole("button", { name: "Send again" })).toBeVisible();
});
