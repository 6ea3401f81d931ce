import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { WorkflowOut } from "@/api/generated";
import { client } from "@/api/generated/client.gen";
import { UiProvider } from "@/ui/ui-provider";
import { RunDialog } from "./run-dialog";

const WORKFLOW: WorkflowOut = {
  id: "0199-flow",
  org_id: "0199-org",
  project: { id: "0199-project", code: "PRJ-2026-001", title: "Lead capture and follow-up" },
  name: "Lead capture",
  template_version: 1,
  status: "ACTIVE",
  failure_reason: null,
  deployed_at: "2026-11-21T08:00:00Z",
  created_at: "2026-11-21T08:00:00Z",
  updated_at: "2026-11-21T08:00:00Z",
  steps: ["trigger"],
  template_id: null,
  environment_id: null,
  engine_workflow_id: null,
  parameters: [],
};

let sent: unknown[] = [];
beforeEach(() => {
  sent = [];
  client.setConfig({
    baseUrl: "http://capecontrol.test",
    fetch: async (input) => {
      sent.push(await (input as Request).json());
      return Response.json({ execution_id: "0199-run" }, { status: 202 });
    },
  });
});

function show() {
  const onClose = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <UiProvider>
        <RunDialog workflow={WORKFLOW} onClose={onClose} />
      </UiProvider>
    </QueryClientProvider>,
  );
  return onClose;
}

const press = () => userEvent.click(screen.getByRole("button", { name: "Run now" }));
async function write(text: string) {
  await userEvent.click(screen.getByRole("textbox"));
  await userEvent.paste(text);
}

describe("running a workflow by hand", () => {
  it("needs no input", async () => {
    const onClose = show();
    await press();
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(sent).toEqual([{ payload: {} }]);
  });

  it("hands over the JSON object that was written", async () => {
    const onClose = show();
    await write('{"name": "Thandi", "budget": 25000}');
    await press();
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(sent).toEqual([{ payload: { name: "Thandi", budget: 25_000 } }]);
  });

  it.each(["{oops", "[1, 2]", '"text"', "null"])("does not send %s, and says what to write", async (text) => {
    const onClose = show();
    await write(text);
    await press();
    expect(await screen.findByText(/Write a JSON object/)).toBeInTheDocument();
    expect(sent).toEqual([]);
    expect(onClose).not.toHaveBeenCalled();
  });
});
