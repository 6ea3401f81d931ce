import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import type { ExecutionOut } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { pageOf } from "@/testing/samples";
import { held, refusal, testServer } from "@/testing/server";
import { ExecutionLog } from "./execution-log";
import type { ExecutionFilter } from "./lists";
import { executionListOptions } from "./queries";

const server = testServer();
const run = (parts: Partial<ExecutionOut>): ExecutionOut => ({
  id: "0199-run",
  workflow_id: "0199-flow",
  status: "SUCCESS",
  trigger: "MANUAL",
  engine_execution_id: "17",
  started_at: "2026-11-21T08:00:00Z",
  finished_at: "2026-11-21T08:00:01.200Z",
  error_message: null,
  created_at: "2026-11-21T08:00:00Z",
  ...parts,
});
const answer = (items: ExecutionOut[], pages = 1) => server.on("listWorkflowExecutions", pageOf(items, { pages }));

function Log({ start = {}, isStaff = true, onFilter }: { start?: ExecutionFilter; isStaff?: boolean; onFilter?: (filter: ExecutionFilter) => void }) {
  const [filter, setFilter] = useState(start);
  return (
    <ExecutionLog
      workflowId="0199-flow"
      name="Lead capture"
      isStaff={isStaff}
      filter={filter}
      onFilter={(next) => {
        setFilter(next);
        onFilter?.(next);
      }}
    />
  );
}
const show = (props: Parameters<typeof Log>[0] = {}) => renderPage(<Log {...props} />);
const rows = async () => within(await screen.findByRole("table", { name: "Runs of Lead capture" })).getAllByRole("row").slice(1);
const asked = () => server.to("listWorkflowExecutions").map(({ query }) => query);

describe("the log of runs", () => {
  it("holds its place while it loads, then says what it will hold", async () => {
    const nothing = held(pageOf<ExecutionOut>([]));
    server.on("listWorkflowExecutions", nothing.answer);
    await show();
    expect(screen.getByRole("status", { name: "Loading" })).toBeInTheDocument();
    nothing.release();
    expect(await screen.findByText(/No runs yet/)).toBeInTheDocument();
    expect(screen.queryByRole("search")).not.toBeInTheDocument();
  });

  it("tells of each run how it ended, how it was started and how long it took", async () => {
    answer([run({ id: "b", trigger: "EXTERNAL", status: "RUNNING", finished_at: null, engine_execution_id: null }), run({ id: "a" })]);
    await show();
    const [newest, oldest] = await rows();
    expect(newest).toHaveTextContent(/^Running.*Automatic$/);
    expect(oldest).toHaveTextContent(/^Succeeded.*Manual1\.2 s17$/);
  });

  it("spares a client the run's number in n8n", async () => {
    answer([run({})]);
    await show({ isStaff: false });
    expect((await rows())[0]).toHaveTextContent(/Manual1\.2 s$/);
    expect(screen.queryByText("n8n run")).not.toBeInTheDocument();
  });

  it("tells why a run failed", async () => {
    answer([run({ status: "ERROR", error_message: "The CRM answered 500." })]);
    await show();
    expect((await rows())[0]).toHaveTextContent(/^FailedThe CRM answered 500\./);
  });

  it("tells a client that a run failed, and nothing of n8n", async () => {
    answer([run({ status: "ERROR" }), run({ id: "0199-older" })]);
    await show({ isStaff: false });
    const [failed, succeeded] = await rows();
    expect(failed).toHaveTextContent(/^FailedThis run didn’t finish\./);
    expect(succeeded).toHaveTextContent(/^Succeeded(?!This run)/);
  });

  it("is newest first, and sorted and filtered as its address says", async () => {
    answer([run({})]);
    const onFilter = vi.fn();
    await show({ onFilter });
    await rows();
    expect(asked()).toEqual([{ sort: "-started_at", limit: "8" }]);
    await userEvent.click(screen.getByRole("button", { name: "Started" }));
    expect(onFilter).toHaveBeenLastCalledWith({ sort: "started_at" });
    await userEvent.selectOptions(screen.getByLabelText("Result"), "Failed");
    expect(onFilter).toHaveBeenLastCalledWith({ sort: "started_at", status: "ERROR" });
    await vi.waitFor(() => expect(asked().at(-1)).toEqual({ sort: "started_at", status: "ERROR", limit: "8" }));
  });

  it("saves the rows that the filter leaves, in their order, as a file", async () => {
    answer([run({})]);
    server.on("exportExecutions", new Response("started_at\r\n", { headers: { "Content-Type": "text/csv" } }));
    await show({ start: { status: "ERROR", page: 2 } });
    await userEvent.click(await screen.findByRole("button", { name: /^Export CSV/ }));
    await vi.waitFor(() => expect(server.to("exportExecutions").map(({ path, query }) => ({ path, query }))).toEqual([{ path: { workflow_id: "0199-flow" }, query: { sort: "-started_at", status: "ERROR" } }]));
  });

  it("reads the newest run's result aloud, as long as the newest are shown", async () => {
    answer([run({ status: "RUNNING", finished_at: null })]);
    await show();
    expect(await screen.findByText("Latest run of Lead capture: Running")).toHaveAttribute("role", "status");
    await userEvent.selectOptions(screen.getByLabelText("Result"), "Failed");
    expect(screen.queryByText(/^Latest run/)).not.toBeInTheDocument();
  });

  it("says what went wrong and tries again when asked", async () => {
    server.on("listWorkflowExecutions", refusal(503, { detail: "Try again in a minute." }));
    await show();
    expect(await screen.findByText("Try again in a minute.")).toBeInTheDocument();
    answer([run({})]);
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect((await rows())[0]).toHaveTextContent(/^Succeeded/);
  });

  it("says so when the role may not see it", async () => {
    server.on("listWorkflowExecutions", refusal(403, { detail: "No." }));
    await show();
    expect(await screen.findByText("You don’t have access to this")).toBeInTheDocument();
  });

  it("walks to older runs", async () => {
    answer([run({})], 2);
    await show();
    await userEvent.click(await screen.findByRole("button", { name: "Next page" }));
    expect(asked().map(({ page }) => page)).toEqual([undefined, "2"]);
  });
});

it("looks by itself now and then while a run is under way, and seldom when none is", () => {
  const { refetchInterval } = executionListOptions("0199-flow", {});
  const after = (...items: ExecutionOut[]) => refetchInterval({ state: { data: { items } } });
  expect(after(run({ status: "RUNNING" }), run({}))).toBe(10_000);
  expect(after(run({}))).toBe(60_000);
});
