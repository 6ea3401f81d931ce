import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { getProjectOptions, getProjectQueryKey, listInvoicesOptions, listProjectsOptions, listProjectsQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { testQueryClient } from "@/testing/render-page";
import { idOf, pageOf, projectOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import { every, useRefresh, type ReadKey } from "./refresh";

const server = testServer();
const MINE = { path: { project_id: idOf(2) } };
const OTHER = { path: { project_id: idOf(22) } };

function Page({ changed }: { changed: readonly ReadKey[] }) {
  const refresh = useRefresh();
  const asked = [useQuery(getProjectOptions(MINE)), useQuery(getProjectOptions(OTHER)), useQuery(listProjectsOptions({ query: { page: 2, status: "DRAFT" } })), useQuery(listInvoicesOptions())];
  if (!asked.every(({ isSuccess }) => isSuccess)) return "Loading";
  return (
    <button type="button" onClick={() => void refresh(changed)}>
      Act
    </button>
  );
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
  await vi.waitFor(() => expect(server.received.length).toBeGreaterThan(0));
  return server.received.map(({ operation, path }) => [operation, ...Object.values(path)].join(" ")).sort();
}

describe("what an act has changed", () => {
  it("is asked again: the thing and every page of its list, and nothing else", async () => {
    expect(await askedAfter([getProjectQueryKey(MINE), listProjectsQueryKey()])).toEqual([`getProject ${idOf(2)}`, "listProjects"]);
  });

  it("can be every answer of an operation", async () => {
    expect(await askedAfter([every("getProject")])).toEqual([`getProject ${idOf(2)}`, `getProject ${idOf(22)}`]);
  });
});
