import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { ExecutionOut } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { pageOf } from "@/testing/samples";
import { held, refusal, testServer } from "@/testing/server";
import { ExecutionLog } from "./execution-log";
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
const show = ({ isStaff = true } = {}) => renderPage(<ExecutionLog workflowId="0199-flow" name="Lead capture" isStaff={isStaff} />);

describe("the log of runs", () => {
  it("holds its place while it loads, then says what it will hold", async () => {
    const nothing = held(pageOf<ExecutionOut>([]));
    server.on("listWorkflowExecutions", nothing.answer);
    await show();
    expect(screen.getByRole("status", { name: "Loading" })).toBeInTheDocument();
    nothing.release();
    expect(await screen.findByText(/No runs yet/)).toBeInTheDocument();
  });

  it("tells of each run how it stands, who started it and how long it took", async () => {
    answer([run({ id: "b", trigger: "EXTERNAL", status: "RUNNING", finished_at: null, engine_execution_id: null }), run({ id: "a" })]);
    await show();
    const [newest, oldest] = within(await screen.findByRole("list", { name: "Runs of Lead capture" })).getAllByRole("listitem");
    expect(newest).toHaveTextContent(/Running.*Started automatically/);
    expect(newest).not.toHaveTextContent(/took|n8n run/);
    expect(oldest).toHaveTextContent(/Succeeded.*Started manually · took 1\.2 s · n8n run 17/);
  });

  it("spares a client the run's number in n8n", async () => {
    answer([run({})]);
    await show({ isStaff: false });
    expect(await screen.findByText(/Started manually/)).toHaveTextContent(/^Started manually · took 1\.2 s$/);
  });

  it("tells why a run failed", async () => {
    answer([run({ status: "ERROR", error_message: "The CRM answered 500." })]);
    await show();
    expect(await screen.findByRole("listitem")).toHaveTextContent(/Failed.*The CRM answered 500\./);
  });

  it("says what went wrong and tries again when asked", async () => {
    server.on("listWorkflowExecutions", refusal(503, { detail: "Try again in a minute." }));
    await show();
    expect(await screen.findByText("Try again in a minute.")).toBeInTheDocument();
    answer([run({})]);
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("Succeeded")).toBeInTheDocument();
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
    expect(server.to("listWorkflowExecutions").map(({ query }) => query.page)).toEqual(["1", "2"]);
  });
});

it("looks by itself now and then while a run is under way, and seldom when none is", () => {
  const { refetchInterval } = executionListOptions("0199-flow", 1);
  const after = (...items: ExecutionOut[]) => refetchInterval({ state: { data: { items } } });
  expect(after(run({ status: "RUNNING" }), run({}))).toBe(10_000);
  expect(after(run({}))).toBe(60_000);
});
