import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { Topic } from "@/api/generated";
import { getProjectOptions, getProjectQueryKey, listProjectsOptions, listProjectsQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { session } from "@/lib/session";
import { testQueryClient } from "@/testing/render-page";
import { idOf, pageOf, projectOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import { useLive, type Reads } from "./use-live";

const server = testServer();
const nothing: Reads = () => [];
const READS: Record<Topic, Reads> = {
  projects: ({ id }) => [getProjectQueryKey({ path: { project_id: id ?? "" } }), listProjectsQueryKey()],
  proposals: nothing, payments: nothing, invoices: nothing, workflows: nothing, executions: nothing, organizations: nothing, business: nothing, system: nothing, bulk_operations: nothing,
};
const MINE = idOf(2);

afterEach(() => {
  cleanup();
  session.end();
  document.dispatchEvent(new Event("visibilitychange"));
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function Page() {
  useLive(READS);
  const { data } = useQuery(getProjectOptions({ path: { project_id: MINE } }));
  useQuery(listProjectsOptions());
  return <h1>{data?.title ?? "Loading"}</h1>;
}

/** Opens a page on a project, and gives the way to tell it something. */
async function opened() {
  let tell: ((text: string) => void) | undefined;
  server.live = () => {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (tell = (text) => controller.enqueue(new TextEncoder().encode(text))) });
    return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  };
  server.on("getProject", projectOf({ id: MINE, title: "Before" })).on("listProjects", pageOf([]));
  session.open({ value: "access", expiresAt: Date.now() + 900_000 });
  render(
    <QueryClientProvider client={testQueryClient()}>
      <Page />
    </QueryClientProvider>,
  );
  await screen.findByRole("heading", { name: "Before" });
  await vi.waitFor(() => expect(tell).toBeDefined());
  server.received = [];
  server.on("getProject", projectOf({ id: MINE, title: "After" }));
  return (...events: { topic: string; id: string }[]) => tell?.(events.map((change) => `event: changes\ndata: ${JSON.stringify({ changes: [{ ...change, project_id: null }] })}\n\n`).join(""));
}

const asked = () => server.received.map(({ operation }) => operation).sort();

it("asks again for what changed, and once for a burst", async () => {
  const tell = await opened();
  tell(...Array.from({ length: 20 }, () => ({ topic: "projects", id: MINE })));
  await screen.findByRole("heading", { name: "After" });
  expect(asked()).toEqual(["getProject", "listProjects"]);
});

it("asks for nothing that the page does not show", async () => {
  const tell = await opened();
  tell({ topic: "projects", id: idOf(3) }, { topic: "proposals", id: MINE }, { topic: "of a later release", id: MINE });
  await vi.waitFor(() => expect(asked()).toEqual(["listProjects"]));
  expect(screen.getByRole("heading")).toHaveTextContent("Before");
});

it("asks for nothing once its reader has signed out", async () => {
  const tell = await opened();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  tell({ topic: "projects", id: MINE });
  session.end();
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  expect(asked()).toEqual([]);
});

it("waits while nobody looks, and asks once when somebody does", async () => {
  const tell = await opened();
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  tell({ topic: "projects", id: MINE });
  await vi.advanceTimersByTimeAsync(10_000);
  tell({ topic: "projects", id: MINE });
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  expect(asked()).toEqual([]);

  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event("visibilitychange"));
  await screen.findByRole("heading", { name: "After" });
  expect(asked()).toEqual(["getProject", "listProjects"]);
});
