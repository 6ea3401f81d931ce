import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { ClientDashboard, StaffDashboard } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { proposalOf } from "@/testing/samples";
import { held, refusal, testServer } from "@/testing/server";
import { DashboardPage } from "./dashboard-page";

const server = testServer();
const NOW = "2026-11-21T08:00:00Z";
const STAFF: StaffDashboard = {
  realm: "ADMIN",
  as_of: NOW,
  timezone: "Europe/Berlin",
  currency: "EUR",
  active_projects: { count: 0, new_this_month: 0, link: "/projects" },
  proposals_waiting: { count: 0, worth: [], link: "/proposals" },
  revenue: { received: [], last_month_to_date: [], since: NOW, link: "/invoices" },
  failures: { count: 0, failed_executions: 0, failed_deployments: 0, link: "/admin/workflows" },
  needs_you: [],
  activity: [],
};
const CLIENT: ClientDashboard = { realm: "CLIENT", as_of: NOW, currency: "EUR", projects: [], needs_you: [], paid: [], open: [], processing: [], paid_link: "/invoices?status=PAID", open_link: "/proposals?unpaid=yes", recent_invoices: [], activity: [] };

const APPROVED = { id: "0199-approved", at: NOW, icon: "CHECK" as const, tone: "OK" as const, title: "Proposal v1 approved", project_title: "Order intake", detail: "As agreed", amount: { amount: 115_000, currency: "ZAR" }, actor: "Aisha Jacobs", link: null, organization: null };

it.each<[string, typeof STAFF | typeof CLIENT, number]>([
  ["staff", STAFF, 1],
  ["a client", { ...CLIENT, activity: [APPROVED] }, 2],
])("shows %s nothing in the currency of the business", async (_who, data, sums) => {
  server.on("getDashboard", data);
  await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  expect(await screen.findAllByText(/€/)).toHaveLength(sums);
});

it("writes rounded sums with the exact ones on hover, and leads a client's sums to their lists", async () => {
  const sums = { currency: "ZAR", amount: 71_281_997 };
  server.on("getDashboard", { ...STAFF, revenue: { ...STAFF.revenue, received: [sums] }, proposals_waiting: { ...STAFF.proposals_waiting, count: 1, worth: [sums] } });
  const { unmount } = await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  const exact = await screen.findAllByTitle(/^R\s712,819\.97$/);
  expect(exact.map((sum) => sum.textContent.replace(/\s/g, " "))).toEqual(["R 712,820", "R 712,820"]);
  unmount();
  server.on("getDashboard", { ...CLIENT, activity: [APPROVED], paid: [sums] });
  await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  expect(await screen.findByRole("link", { name: /^R\s712,819\.97$/ })).toHaveAttribute("href", "/invoices?status=PAID");
  expect(screen.getByRole("link", { name: /^€/ })).toHaveAttribute("href", "/proposals?unpaid=yes");
});

it("says how much of what is outstanding is being paid, and nothing where nothing is", async () => {
  const [sum, part] = [{ currency: "ZAR", amount: 5_000_000 }, { currency: "ZAR", amount: 1_150_000 }];
  server.on("getDashboard", { ...CLIENT, activity: [APPROVED], open: [sum], processing: [part] });
  const { unmount } = await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  expect((await screen.findByText("of which being paid")).nextElementSibling?.textContent.replace(/\s/g, " ")).toBe("R 11,500.00");
  unmount();
  server.on("getDashboard", { ...CLIENT, activity: [APPROVED], open: [sum] });
  await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  expect(await screen.findByText("Outstanding")).toBeVisible();
  expect(screen.queryByText("of which being paid")).not.toBeInTheDocument();
});

it("tells of what something was done, staff for whom and by whom, and clients by whom", async () => {
  server.on("getDashboard", { ...STAFF, activity: [{ ...APPROVED, organization: { id: "0199-org", name: "Harbour Logistics" } }] });
  const { unmount } = await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  expect(await screen.findByText("Harbour Logistics · by Aisha Jacobs")).toBeVisible();
  // Each on a line of its own: between two on one line, a sign would hang where there is little room.
  for (const line of ["Order intake", "As agreed", /^R\s1,150\.00$/]) expect(screen.getByText(line)).toBeVisible();
  unmount();
  server.on("getDashboard", { ...CLIENT, activity: [{ ...APPROVED, title: "Project created", detail: "Order intake", amount: null, organization: null }] });
  await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  expect(await screen.findByText("Aisha Jacobs")).toBeVisible();
  expect(screen.getByText("Order intake")).toBeVisible();
});

it("shows what failed by its picture and colour, not by its words alone", async () => {
  const failed = { ...APPROVED, id: "0199-failed", title: "Run failed", icon: "WARNING" as const, tone: "BAD" as const };
  server.on("getDashboard", { ...STAFF, activity: [failed, APPROVED] });
  await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  const pictures = (await screen.findAllByRole("listitem")).flatMap((row) => [...row.querySelectorAll("svg")]);
  expect(pictures.map((picture) => /text-(bad|ok)/.exec(picture.getAttribute("class") ?? "")?.[1])).toEqual(["bad", "ok"]);
  expect(pictures[0]?.innerHTML).not.toBe(pictures[1]?.innerHTML);
});

it("asks a client for what is due by amount and verb", async () => {
  const need = { kind: "PROPOSAL_TO_PAY" as const, title: "Lead capture", reason: "Approved", link: "/proposals/0199", at: NOW, due_at: null, amount: { amount: 115_000, currency: "ZAR" }, organization: null };
  server.on("getDashboard", { ...CLIENT, needs_you: [need, { ...need, kind: "PROPOSAL_TO_DECIDE", link: "/proposals/0200" }, { ...need, kind: "PROPOSAL_WITH_OWNER", link: "/proposals/0201" }] });
  await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  const rows = await screen.findAllByRole("link", { name: /Lead capture/ });
  expect(rows.map((row) => /(R\s1,150\.00)\s*(Pay|Review|View)$/.exec(row.textContent)?.[2])).toEqual(["Pay", "Review", "View"]);
});

it("takes off the list what is dismissed, says why where it is not, and brings it back", async () => {
  const need = { kind: "PROPOSAL_EXPIRED" as const, title: "Lead capture", reason: "Expired", link: "/projects/1", at: NOW, due_at: null, amount: null, organization: null, dismissible_id: "0199-expired" };
  let isDismissed = false;
  server.on("getDashboard", () => ({ ...STAFF, needs_you: isDismissed ? [] : [need, { ...need, kind: "FAILED_DEPLOYMENT" as const, title: "Deployment failed: Order intake", dismissible_id: null }] }));
  server.on("dismissProposal", refusal(409, { detail: "Version 1 is awaiting the client's decision." }));
  await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  const dismiss = await screen.findByRole("button", { name: "Dismiss “Lead capture”" });
  expect(screen.getAllByRole("button", { name: /^Dismiss/ })).toHaveLength(1);
  await userEvent.click(dismiss);
  expect(await screen.findByRole("alert")).toHaveTextContent("Version 1 is awaiting the client's decision.");
  server.on("dismissProposal", () => {
    isDismissed = true;
    return proposalOf({ status: "EXPIRED" });
  });
  await userEvent.click(dismiss);
  expect(await screen.findByText("Dismissed")).toBeVisible();
  expect(await screen.findByText(/^You’re all caught up\./)).toBeVisible();
  expect(server.to("dismissProposal").map(({ path }) => path.proposal_id)).toEqual(["0199-expired", "0199-expired"]);

  server.on("undoProposalDismissal", () => {
    isDismissed = false;
    return proposalOf({ status: "EXPIRED" });
  });
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(await screen.findByRole("button", { name: "Dismiss “Lead capture”" })).toBeVisible();
  expect(server.to("undoProposalDismissal").map(({ path }) => path.proposal_id)).toEqual(["0199-expired"]);
  expect(screen.queryByText("Dismissed")).toBeNull();
});

it("says since when something needs the reader", async () => {
  const need = { kind: "PROPOSAL_DECLINED" as const, title: "Lead capture", reason: "Declined", at: "2020-01-02T08:00:00Z", due_at: null, amount: null, organization: null, link: "/projects/1" };
  server.on("getDashboard", { ...STAFF, needs_you: [need, { ...need, link: "/projects/2", at: null }] });
  await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  const [dated, undated] = await screen.findAllByRole("link", { name: /Lead capture/ });
  expect(dated?.querySelector("time")).toHaveAttribute("datetime", "2020-01-02T08:00:00Z");
  expect(undated?.querySelector("time")).toBeNull();
});

it("shows the first five of what needs the reader, and all of it when asked", async () => {
  const need = { kind: "PROPOSAL_DECLINED" as const, title: "Lead capture", reason: "Declined", at: NOW, due_at: null, amount: null, organization: null };
  server.on("getDashboard", { ...STAFF, needs_you: [1, 2, 3, 4, 5, 6].map((number) => ({ ...need, link: `/projects/${String(number)}` })) });
  await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  expect(await screen.findAllByRole("link", { name: /Lead capture/ })).toHaveLength(5);
  await userEvent.click(screen.getByRole("button", { name: "View all 6" }));
  expect(screen.getAllByRole("link", { name: /Lead capture/ })).toHaveLength(6);
  expect(screen.queryByRole("button", { name: "View all 6" })).not.toBeInTheDocument();
});

it.each([
  [{ count: 0, failed_executions: 0, failed_deployments: 0 }, "No failed runs or deployments"],
  [{ count: 0, failed_executions: 1, failed_deployments: 0 }, "No failed runs or deployments"],
  [{ count: 1, failed_executions: 1, failed_deployments: 0 }, "1 failed run in the last 7 days"],
  [{ count: 2, failed_executions: 0, failed_deployments: 2 }, "2 failed deployments"],
  [{ count: 2, failed_executions: 3, failed_deployments: 1 }, "3 failed runs in the last 7 days, 1 failed deployment"],
])("tells failed runs from failed deployments: %o", async (failed, words) => {
  server.on("getDashboard", { ...STAFF, failures: { ...STAFF.failures, ...failed } });
  await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  expect(await screen.findByRole("link", { name: /^Failing workflows/ })).toHaveTextContent(words);
});

it.each([
  ["staff", null, "figures"],
  ["a client", { id: "0199-org", name: "Demo Ltd", domain: "demo", plan: "FREE", status: "ACTIVE" } as never, "needs"],
])("holds the place of what %s will see", async (_who, organization, shape) => {
  const gate = held(CLIENT);
  server.on("getDashboard", gate.answer);
  await renderPage(<DashboardPage primary={null} statusOf={() => null} />, { me: { organization } });
  expect((await screen.findByRole("status", { name: /^Loading/ })).dataset.shape).toBe(shape);
  gate.release();
});

it("tells a client on the first day what comes, by the name of the business, and whom to ask", async () => {
  server.on("getDashboard", CLIENT);
  await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  expect(await screen.findByText(/^Northstar Automation sets up your first project\./)).toBeVisible();
  expect(screen.getByText("Ask your contact at Northstar Automation.")).toBeVisible();
  expect(screen.getAllByRole("heading", { level: 2 }).map((heading) => heading.textContent)).toEqual(["Your work starts here"]);
});

it("tells a client without projects who sets them up", async () => {
  server.on("getDashboard", { ...CLIENT, activity: [{ ...APPROVED, organization: null }] });
  await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  expect(await screen.findByText("Your first project appears here once Northstar Automation sets it up.")).toBeVisible();
});
