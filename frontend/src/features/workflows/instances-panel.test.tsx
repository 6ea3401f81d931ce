import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { pageOf, workflowOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import { InstancesPanel } from "./instances-panel";

const server = testServer();

it("asks for the state that its address names, and lets the reader choose another or all", async () => {
  const onFilter = vi.fn();
  server.on("listWorkflows", pageOf([workflowOf({ status: "FAILED" })]));
  await renderPage(<InstancesPanel filter={{ status: "FAILED", page: 2 }} onFilter={onFilter} />);
  expect(await screen.findByRole("link", { name: "Lead capture" })).toBeVisible();
  expect(server.to("listWorkflows").map(({ query }) => query)).toEqual([{ status: "FAILED", page: "2" }]);
  expect(screen.getByLabelText("Status")).toHaveValue("FAILED");

  await userEvent.selectOptions(screen.getByLabelText("Status"), "Paused");
  expect(onFilter).toHaveBeenLastCalledWith({ status: "PAUSED" });
  await userEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect(onFilter).toHaveBeenLastCalledWith({});
});

it("leaves the workflows that fail where its address says so", async () => {
  const onFilter = vi.fn();
  server.on("listWorkflows", pageOf([workflowOf({ status: "FAILED" })]));
  await renderPage(<InstancesPanel filter={{ failing: "yes" }} onFilter={onFilter} />);
  expect(await screen.findByLabelText("Health")).toHaveDisplayValue("Failing");
  expect(server.to("listWorkflows").map(({ query }) => query)).toEqual([{ failing: "true" }]);
  await userEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect(onFilter).toHaveBeenLastCalledWith({});
});

it("says that the filter is empty, not the world", async () => {
  server.on("listWorkflows", pageOf([]));
  await renderPage(<InstancesPanel filter={{ status: "FAILED" }} onFilter={vi.fn()} />);
  expect(await screen.findByText("No workflows match these filters")).toBeVisible();
});
