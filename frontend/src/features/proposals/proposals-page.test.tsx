import { screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { idOf, pageOf, proposalOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import type { MoneyBody } from "@/api/generated";
import type { ProposalFilter } from "./list";
import { ProposalsPage } from "./proposals-page";

const server = testServer();

async function show(filter: ProposalFilter, currency = "ZAR", sums: MoneyBody[] | null = null) {
  server.on("listProposals", { sums, ...pageOf([proposalOf({ id: idOf(61), total: { amount: 115_000, currency: "ZAR" } }), proposalOf({ id: idOf(62), total: { amount: 230_000, currency } })]) });
  const view = await renderPage(<ProposalsPage filter={filter} onFilter={vi.fn()} />, { me: { permissions: ["proposals:read", "proposals:write"] } });
  await screen.findByRole("table", { name: "Proposals" });
  return view;
}

it("shows what the whole list comes to, in each currency, and says so", async () => {
  await show({ unpaid: "yes" }, "EUR", [{ amount: 100_000, currency: "EUR" }, { amount: 9_115_000, currency: "ZAR" }]);
  expect(screen.getByText("Total", { selector: "tfoot *" }).closest("tr")?.textContent).toMatch(/€\s?1,000\.00R\s91,150\.00/);
  expect(server.to("listProposals")[0]?.query).toMatchObject({ unpaid: "true", sums: "true" });
});

it("asks for no sum of versions in all states", async () => {
  await show({});
  expect(server.to("listProposals")[0]?.query).not.toHaveProperty("sums");
});

it("adds up the proposals of one state, and neither all states nor two currencies", async () => {
  const { unmount } = await show({ status: "SENT" });
  expect(screen.getByText("Page total").closest("tr")?.textContent).toMatch(/R\s3,450\.00/);
  unmount();
  const all = await show({});
  expect(screen.queryByText("Page total")).toBeNull();
  all.unmount();
  await show({ status: "SENT" }, "EUR");
  expect(screen.queryByText("Page total")).toBeNull();
});
