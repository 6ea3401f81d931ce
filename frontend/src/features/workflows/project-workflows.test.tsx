import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { ExecutionOut, Permission, WorkflowOut } from "@/api/generated";
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

/** Answers with what runs for the project, and with what was removed from it. */
function deployed(there: WorkflowOut[], removed: WorkflowOut[] = []): void {
  server.on("listWorkflows", ({ query }) => pageOf(query.status === "REMOVED" ? removed : there));
}

async function show(permissions: Permission[], log: LogPlace = { workflowId: undefined, filter: {} }) {
  const onLog = vi.fn();
  await renderPage(<ProjectWorkflows projectId={idOf(2)} log={log} onLog={onLog} />, { me: { permissions } });
  return onLog;
}

it("tells staff why a deployment failed", async () => {
  deployed([workflowOf({ status: "FAILED", failure_reason: "n8n answered 401." })]);
  await show(["workflows:deploy"]);
  expect(await screen.findByText("n8n answered 401.")).toBeVisible();
});

it("tells a client in a client's words, with the business's name", async () => {
  deployed([workflowOf({ status: "FAILED", failure_reason: null })]);
  await show([]);
  expect(await screen.findByText("This workflow couldn’t be set up")).toBeVisible();
  expect(await screen.findByText("Northstar Automation can see what went wrong and set it up again.")).toBeVisible();
  expect(screen.getByText("Setup failed")).toBeVisible();
  expect(screen.queryByText(/deployment/i)).not.toBeInTheDocument();
});

it("asks for the runs of one workflow, that of the address, however many there are", async () => {
  const ids = [idOf(71), idOf(72), idOf(73)] as const;
  deployed(ids.map((id, index) => workflowOf({ id, name: `Flow ${String(index)}` })));
  const onLog = await show([], { workflowId: ids[1], filter: { status: "ERROR" } });
  await screen.findByText("No runs match these filters");
  expect(server.to("listWorkflowExecutions").map(({ path, query }) => [path.workflow_id, query.status])).toEqual([[ids[1], "ERROR"]]);
  await userEvent.selectOptions(screen.getByLabelText("Result"), "Running");
  expect(onLog).toHaveBeenLastCalledWith({ workflowId: ids[1], filter: { status: "RUNNING" } });
  await userEvent.click(screen.getByRole("button", { name: "Show runs of Flow 2" }));
  expect(onLog).toHaveBeenLastCalledWith({ workflowId: ids[2], filter: {} });
});

it.each([undefined, idOf(99)])("shows the runs of the first workflow where the address names none of them: %s", async (workflowId) => {
  deployed([workflowOf({ id: idOf(71) }), workflowOf({ id: idOf(72) })]);
  await show([], { workflowId, filter: {} });
  await screen.findByText(/^Runs appear here/);
  expect(server.to("listWorkflowExecutions").map(({ path }) => path.workflow_id)).toEqual([idOf(71)]);
});

it("tells the runs of two workflows of one name apart", async () => {
  deployed([workflowOf(), workflowOf({ id: idOf(52) })]);
  server.on("listWorkflowExecutions", pageOf([RUN]));
  await show([]);
  const { name } = workflowOf();
  expect(await screen.findByRole("table", { name: `Runs of ${name} (1)` })).toBeVisible();
  expect(screen.getByRole("button", { name: `Show runs of ${name} (2)` })).toBeVisible();
});

it("keeps the runs of what was removed, below what is there", async () => {
  const removed = workflowOf({ id: idOf(73), name: "Old intake", status: "REMOVED", steps: [] });
  deployed([workflowOf({ id: idOf(71) })], [removed]);
  const onLog = await show([]);
  const section = await screen.findByRole("region", { name: "Removed workflows" });
  await userEvent.click(within(section).getByRole("button", { name: "Show runs of Old intake" }));
  expect(onLog).toHaveBeenLastCalledWith({ workflowId: removed.id, filter: {} });
});

it("shows the runs of a removed workflow that the address names, also where nothing else is", async () => {
  const removed = workflowOf({ id: idOf(73), name: "Old intake", status: "REMOVED", steps: [] });
  deployed([], [removed]);
  server.on("listWorkflowExecutions", pageOf([RUN]));
  await show([], { workflowId: removed.id, filter: {} });
  expect(await screen.findByRole("table", { name: "Runs of Old intake" })).toBeVisible();
  expect(screen.getByText("No workflows yet")).toBeVisible();
});
