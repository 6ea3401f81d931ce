import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { WorkflowOut } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { environmentOf, pageOf, templateOf, workflowOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import { InstancesPanel } from "./instances-panel";

const server = testServer();

it("asks for the state that its address names, and lets the reader choose another or all", async () => {
  const onFilter = vi.fn();
  server.on("listWorkflows", pageOf([workflowOf({ status: "FAILED" })]));
  await renderPage(<InstancesPanel filter={{ status: "FAILED", page: 2 }} onFilter={onFilter} />);
  expect(await screen.findByRole("link", { name: /^Lead capture/ })).toBeVisible();
  expect(server.to("listWorkflows").map(({ query }) => query)).toEqual([{ status: "FAILED", page: "2" }]);
  expect(screen.getByLabelText("Status")).toHaveValue("FAILED");

  await userEvent.selectOptions(screen.getByLabelText("Status"), "Paused");
  expect(onFilter).toHaveBeenLastCalledWith({ status: "PAUSED" });
  await userEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect(onFilter).toHaveBeenLastCalledWith({});
});

it("names whose each workflow is", async () => {
  server.on("listWorkflows", pageOf([workflowOf()]));
  await renderPage(<InstancesPanel filter={{}} onFilter={vi.fn()} />);
  expect(await screen.findByRole("cell", { name: "Harbour Logistics" })).toBeVisible();
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

describe("the first workflow", () => {
  const button = { server: "Connect n8n server", template: "Import template", projects: "Show approved projects" };
  const current = async () => (await screen.findAllByRole("listitem")).findIndex((step) => step.getAttribute("aria-current") === "step");

  it.each([
    ["a server is missing", [], [], 0, button.server],
    ["its servers are switched off", [environmentOf({ is_active: false })], [templateOf()], 0, button.server],
    ["a template is missing", [environmentOf()], [], 1, button.template],
    ["all is there", [environmentOf()], [templateOf()], 2, button.projects],
  ])("offers the next step alone: %s", async (_, servers, templates, next, name) => {
    server.on("listWorkflows", pageOf<WorkflowOut>([])).on("listWorkflowEnvironments", pageOf(servers)).on("listWorkflowTemplates", pageOf(templates));
    await renderPage(<InstancesPanel filter={{}} onFilter={vi.fn()} />);
    expect(await current()).toBe(next);
    for (const each of Object.values(button)) expect(screen.queryByRole(each === button.projects ? "link" : "button", { name: each }) !== null).toBe(each === name);
  });

  it("leads to the projects that can have it", async () => {
    server.on("listWorkflows", pageOf<WorkflowOut>([])).on("listWorkflowEnvironments", pageOf([environmentOf()])).on("listWorkflowTemplates", pageOf([templateOf()]));
    await renderPage(<InstancesPanel filter={{}} onFilter={vi.fn()} />);
    expect(await screen.findByRole("link", { name: button.projects })).toHaveAttribute("href", "/projects?status=APPROVED");
  });
});
