import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { ExecutionOut, Permission } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { brandingOf, idOf, pageOf, workflowOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import { ProjectWorkflows, type LogPlace } from "./project-workflows";

const server = testServer();
const RUN: ExecutionOut = {
  id: idOf(80),
  workflow_id: idOf(51),
  status: "SUCCESS",
  trigger: "MANUAL",
  engine_execution_id: "17",
  started_at: "2026-11-21T08:00:00Z",
  finished_at: "2026-11-21T08:00:01.200Z",
  error_message: null,
  created_at: "2026-11-21T08:00:00Z",
};
beforeEach(() => void server.on("getBranding", brandingOf()).on("listWorkflowExecutions", pageOf<ExecutionOut>([])));

async function show(permissions: Permission[], log: LogPlace = { workflowId: undefined, filter: {} }) {
  const onLog = vi.fn();
  await renderPage(<ProjectWorkflows projectId={idOf(2)} log={log} onLog={onLog} />, { me: { permissions } });
  return onLog;
}

it("tells staff why a deployment failed", async () => {
  server.on("listWorkflows", pageOf([workflowOf({ status: "FAILED", failure_reason: "n8n answered 401." })]));
  await show(["workflows:deploy"]);
  expect(await screen.findByText("n8n answered 401.")).toBeVisible();
});

it("tells a client in a client's words, with the business's name", async () => {
  server.on("listWorkflows", pageOf([workflowOf({ status: "FAILED", failure_reason: null })]));
  await show([]);
  expect(await screen.findByText("This workflow couldn’t be set up")).toBeVisible();
  expect(await screen.findByText("Northstar Automation can see what went wrong and set it up again.")).toBeVisible();
  expect(screen.getByText("Setup failed")).toBeVisible();
  expect(screen.queryByText(/deployment/i)).not.toBeInTheDocument();
});

it("filters the runs of the workflow that its address names, and shows the newest of the others", async () => {
  const ids = [idOf(71), idOf(72)] as const;
  server.on("listWorkflows", pageOf(ids.map((id, index) => workflowOf({ id, name: `Flow ${index}` }))));
  const onLog = await show([], { workflowId: ids[1], filter: { status: "ERROR" } });
  await screen.findByText("No runs match these filters");
  expect(server.to("listWorkflowExecutions").map(({ path, query }) => [path.workflow_id, query.status])).toEqual([
    [ids[0], undefined],
    [ids[1], "ERROR"],
  ]);
  await userEvent.selectOptions(screen.getByLabelText("Result"), "Running");
  expect(onLog).toHaveBeenLastCalledWith({ workflowId: ids[1], filter: { status: "RUNNING" } });
});

it("tells the runs of two workflows of one name apart", async () => {
  server.on("listWorkflows", pageOf([workflowOf(), workflowOf({ id: idOf(52) })]));
  server.on("listWorkflowExecutions", pageOf([RUN]));
  await show([]);
  const { name } = workflowOf();
  expect(await screen.findByRole("table", { name: `Runs of ${name} (1)` })).toBeVisible();
  expect(await screen.findByRole("table", { name: `Runs of ${name} (2)` })).toBeVisible();
});
