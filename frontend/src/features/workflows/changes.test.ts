import { expect, it } from "vitest";
import { idOf, workflowOf } from "@/testing/samples";
import { changedByWorkflow, workflowTopics } from "./changes";

const operations = (keys: readonly (readonly [{ readonly _id: string }])[]) => keys.map(([{ _id }]) => _id);

it("asks for what the dashboard counts where it asks for the dashboard", () => {
  const shown = operations(workflowTopics.executions({ id: idOf(9), project_id: idOf(2) }));
  expect(shown).toEqual(expect.arrayContaining(["getDashboard", "listWorkflows", "getWorkflow", "listWorkflowExecutions", "listProjectActivity"]));
});

it("asks for as much after a step of one's own as after another's", () => {
  const workflow = workflowOf();
  const change = { id: workflow.id, project_id: workflow.project.id };
  const own = changedByWorkflow(workflow).map((key) => JSON.stringify(key));
  for (const topic of Object.values(workflowTopics)) expect(own).toEqual(expect.arrayContaining(topic(change).map((key) => JSON.stringify(key))));
});
