import { QueryClientProvider, useQuery, type QueryClient } from "@tanstack/react-query";
import { render, renderHook, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState, type ReactNode } from "react";
import { describe, expect, it, vi } from "vitest";
import { getDashboardQueryKey, getProjectOptions, getProjectQueryKey, listAuditEventsQueryKey, listInvoicesOptions, listProjectsOptions, listProjectsQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { testQueryClient } from "@/testing/render-page";
import { idOf, pageOf, projectOf } from "@/testing/samples";
import { held, testServer } from "@/testing/server";
import { every, overviews, useRefresh, type ReadKey } from "./refresh";

const server = testServer();
const MINE = { path: { project_id: idOf(2) } };
const OTHER = { path: { project_id: idOf(22) } };

function Page({ changed }: { changed: readonly ReadKey[] }) {
  const refresh = useRefresh();
  const asked = [useQuery(getProjectOptions(MINE)), useQuery(getProjectOptions(OTHER)), useQuery(listProjectsOptions({ query: { page: 2, status: "DRAFT" } })), useQuery(listInvoicesOptions())];
  const [isOver, setOver] = useState(false);
  if (!asked.every(({ isSuccess }) => isSuccess)) return "Loading";
  return (
    <button type="button" onClick={() => void refresh(changed).then(() => setOver(true))}>
      {isOver ? "Over" : "Act"}
    </button>
  );
}

function withClient(client: QueryClient) {
  return ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

/** Gives what was asked again after an act that names what it changed. */
async function askedAfter(changed: readonly ReadKey[]) {
  server.on("getProject", ({ path }) => projectOf({ id: path.project_id ?? "" })).on("listProjects", pageOf([projectOf()])).on("listInvoices", pageOf([]));
  render(
    <QueryClientProvider client={testQueryClient()}>
      <Page changed={changed} />
    </QueryClientProvider>,
  );
  const button = await screen.findByRole("button", { name: "Act" });
  server.received = [];
  await userEvent.click(button);
  await screen.findByRole("button", { name: "Over" });
  return server.received.map(({ operation, path }) => [operation, ...Object.values(path)].join(" ")).sort();
}

describe("what an act has changed", () => {
  it("is asked again: the thing and every page of its list, and nothing else", async () => {
    expect(await askedAfter([getProjectQueryKey(MINE), listProjectsQueryKey()])).toEqual([`getProject ${idOf(2)}`, "listProjects"]);
  });

  it("can be every answer of an operation", async () => {
    expect(await askedAfter([every("getProject")])).toEqual([`getProject ${idOf(2)}`, `getProject ${idOf(22)}`]);
  });

  it("is over when what is on the page is there, and not before", async () => {
    server.on("getProject", projectOf());
    const { result } = renderHook(() => ({ refresh: useRefresh(), project: useQuery(getProjectOptions(MINE)) }), { wrapper: withClient(testQueryClient()) });
    await vi.waitFor(() => expect(result.current.project.isSuccess).toBe(true));
    const answer = held(projectOf());
    server.on("getProject", answer.answer);
    const over = vi.fn();
    void result.current.refresh([getProjectQueryKey(MINE)]).then(over);
    await vi.waitFor(() => expect(server.to("getProject")).toHaveLength(2));
    expect(over).not.toHaveBeenCalled();
    answer.release();
    await vi.waitFor(() => expect(over).toHaveBeenCalledOnce());
  });

  it("is told by the dashboard and by every page of the audit log", async () => {
    const client = testQueryClient();
    const pages = [listAuditEventsQueryKey(), listAuditEventsQueryKey({ query: { page: 2 } }), getDashboardQueryKey()];
    for (const key of pages) client.setQueryData(key, {});
    const { result } = renderHook(() => useRefresh(), { wrapper: withClient(client) });
    await result.current(overviews());
    expect(pages.map((key) => client.getQueryState(key)?.isInvalidated)).toEqual([true, true, true]);
  });
});
