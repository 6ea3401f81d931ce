import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ExecutionOut } from "@/api/generated";
import { client } from "@/api/generated/client.gen";
import { toApiError } from "@/lib/problem";
import { ExecutionLog } from "./execution-log";
import { executionListOptions } from "./queries";

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
const page = (items: ExecutionOut[], pages = 1) => ({ items, next_cursor: null, total: items.length, total_capped: false, page: 1, pages });

let asked: string[] = [];
function answerWith(...answers: [status: number, body: object][]) {
  client.setConfig({
    baseUrl: "http://capecontrol.test",
    fetch: (input) => {
      asked.push((input as Request).url);
      const [status, body] = answers.length > 1 ? (answers.shift() ?? [500, {}]) : (answers[0] ?? [500, {}]);
      return Promise.resolve(Response.json(body, { status }));
    },
  });
}

function show() {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <ExecutionLog workflowId="0199-flow" name="Lead capture" />
    </QueryClientProvider>,
  );
}

const asApiError = (error: unknown, response: Response | undefined) => toApiError(error, response);
beforeEach(() => {
  asked = [];
  client.interceptors.error.use(asApiError);
});
afterEach(() => client.interceptors.error.eject(asApiError));

describe("the log of runs", () => {
  it("holds its place while it loads, then says what it will hold", async () => {
    answerWith([200, page([])]);
    show();
    expect(screen.getByRole("status", { name: "Loading" })).toBeInTheDocument();
    expect(await screen.findByText(/No runs yet/)).toBeInTheDocument();
  });

  it("tells of each run how it stands, who started it and how long it took", async () => {
    answerWith([200, page([run({ id: "b", trigger: "EXTERNAL", status: "RUNNING", finished_at: null, engine_execution_id: null }), run({ id: "a" })])]);
    show();
    const [newest, oldest] = within(await screen.findByRole("list", { name: "Runs of Lead capture" })).getAllByRole("listitem");
    expect(newest).toHaveTextContent(/Running.*Started from outside/);
    expect(newest).not.toHaveTextContent(/took|n8n run/);
    expect(oldest).toHaveTextContent(/Succeeded.*Started by hand · took 1\.2 s · n8n run 17/);
  });

  it("tells why a run failed", async () => {
    answerWith([200, page([run({ status: "ERROR", error_message: "The CRM answered 500." })])]);
    show();
    expect(await screen.findByRole("listitem")).toHaveTextContent(/Failed.*The CRM answered 500\./);
  });

  it("says what went wrong and tries again when asked", async () => {
    answerWith([503, { type: "unavailable", title: "Not now", status: 503, detail: "Try again in a minute." }], [200, page([run({})])]);
    show();
    expect(await screen.findByText("Try again in a minute.")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("Succeeded")).toBeInTheDocument();
  });

  it("says so when the role may not see it", async () => {
    answerWith([403, { type: "forbidden", title: "Forbidden", status: 403, detail: "No." }]);
    show();
    expect(await screen.findByText("You may not see this")).toBeInTheDocument();
  });

  it("walks to older runs", async () => {
    answerWith([200, page([run({})], 2)]);
    show();
    await userEvent.click(await screen.findByRole("button", { name: "Next page" }));
    expect(asked.map((url) => new URL(url).searchParams.get("page"))).toEqual(["1", "2"]);
  });
});

it("asks again every two seconds while a run is under way, and seldom when none is", () => {
  const { refetchInterval } = executionListOptions("0199-flow", 1);
  const after = (...items: ExecutionOut[]) => refetchInterval({ state: { data: { items } } });
  expect(after(run({ status: "RUNNING" }), run({}))).toBe(2_000);
  expect(after(run({}))).toBe(15_000);
});
