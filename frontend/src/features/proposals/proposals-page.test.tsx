import { screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { idOf, pageOf, proposalOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import type { ProposalFilter } from "./list";
import { ProposalsPage } from "./proposals-page";

const server = testServer();

async function show(filter: ProposalFilter, currency = "ZAR") {
  server.on("listProposals", pageOf([proposalOf({ id: idOf(61), total: { amount: 115_000, currency: "ZAR" } }), proposalOf({ id: idOf(62), total: { amount: 230_000, currency } })]));
  const view = await renderPage(<ProposalsPage filter={filter} onFilter={vi.fn()} />, { me: { permissions: ["proposals:read", "proposals:write"] } });
  await screen.findByRole("table", { name: "Proposals" });
  return view;
}

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
