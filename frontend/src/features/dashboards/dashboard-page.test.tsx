import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { ClientDashboard, StaffDashboard } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { testServer } from "@/testing/server";
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
const CLIENT: ClientDashboard = { realm: "CLIENT", as_of: NOW, currency: "EUR", projects: [], needs_you: [], paid: [], open: [], recent_invoices: [], activity: [] };

const APPROVED = { id: "0199-approved", at: NOW, title: "Proposal v1 approved", project_title: "Order intake", detail: "As agreed", amount: { amount: 115_000, currency: "ZAR" }, actor: "Aisha Jacobs", link: null, organization: null };

it.each<[string, typeof STAFF | typeof CLIENT, number]>([
  ["staff", STAFF, 1],
  ["a client", { ...CLIENT, activity: [APPROVED] }, 2],
])("shows %s nothing in the currency of the business", async (_who, data, sums) => {
  server.on("getDashboard", data);
  await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  expect(await screen.findAllByText(/€/)).toHaveLength(sums);
});

it("tells of what something was done, staff for whom and by whom, and clients by whom", async () => {
  server.on("getDashboard", { ...STAFF, activity: [{ ...APPROVED, organization: { id: "0199-org", name: "Harbour Logistics" } }] });
  const { unmount } = await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  expect(await screen.findByText("Harbour Logistics · by Aisha Jacobs")).toBeVisible();
  expect(screen.getByText(/Order intake/).textContent).toMatch(/^Order intake · R\s1,150\.00 · As agreed$/);
  unmount();
  server.on("getDashboard", { ...CLIENT, activity: [{ ...APPROVED, title: "Project created", detail: "Order intake", amount: null, organization: null }] });
  await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  expect(await screen.findByText("Aisha Jacobs")).toBeVisible();
  expect(screen.getByText("Order intake")).toBeVisible();
});

it("asks a client for what is due by amount and verb", async () => {
  const need = { kind: "PROPOSAL_TO_PAY" as const, title: "Lead capture", reason: "Approved", link: "/proposals/0199", at: NOW, due_at: null, amount: { amount: 115_000, currency: "ZAR" }, organization: null };
  server.on("getDashboard", { ...CLIENT, needs_you: [need, { ...need, kind: "PROPOSAL_TO_DECIDE", link: "/proposals/0200" }, { ...need, kind: "PROPOSAL_WITH_OWNER", link: "/proposals/0201" }] });
  await renderPage(<DashboardPage primary={null} statusOf={() => null} />);
  const rows = await screen.findAllByRole("link", { name: /Lead capture/ });
  expect(rows.map((row) => /(R\s1,150\.00)\s*(Pay|Review|View)$/.exec(row.textContent)?.[2])).toEqual(["Pay", "Review", "View"]);
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
