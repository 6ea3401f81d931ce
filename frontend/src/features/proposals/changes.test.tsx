import { QueryClientProvider, type QueryKey } from "@tanstack/react-query";
import { renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import {
  getBusinessQueryKey,
  getDashboardQueryKey,
  getMeQueryKey,
  getProjectQueryKey,
  getProposalQueryKey,
  listAuditEventsQueryKey,
  listInvoicesQueryKey,
  listProjectActivityQueryKey,
  listProjectsQueryKey,
  listProposalsQueryKey,
  listWorkflowsQueryKey,
  viewSharedProposalQueryKey,
} from "@/api/generated/@tanstack/react-query.gen";
import { useRefresh, type ReadKey } from "@/lib/refresh";
import { testQueryClient } from "@/testing/render-page";
import { idOf, proposalOf } from "@/testing/samples";
import { changedByDraft, changedByStep } from "./changes";

const PROPOSAL = proposalOf();
const CACHE: Record<string, QueryKey> = {
  "the proposal": getProposalQueryKey({ path: { proposal_id: PROPOSAL.id } }),
  "another proposal": getProposalQueryKey({ path: { proposal_id: idOf(66) } }),
  "a page of proposals": listProposalsQueryKey({ query: { page: 2, status: "SENT" } }),
  "the shared page": viewSharedProposalQueryKey({ path: { token: "secret" } }),
  "its project": getProjectQueryKey({ path: { project_id: PROPOSAL.project_id } }),
  "another project": getProjectQueryKey({ path: { project_id: idOf(22) } }),
  "its project's activity": listProjectActivityQueryKey({ path: { project_id: PROPOSAL.project_id }, query: { limit: 50 } }),
  projects: listProjectsQueryKey({ query: {} }),
  dashboard: getDashboardQueryKey(),
  audit: listAuditEventsQueryKey({ query: { limit: 50 } }),
  me: getMeQueryKey(),
  business: getBusinessQueryKey(),
  invoices: listInvoicesQueryKey({ query: {} }),
  workflows: listWorkflowsQueryKey({ query: {} }),
};

/** Gives the names of what is old after an act. */
async function oldAfter(changed: readonly ReadKey[]): Promise<string[]> {
  const queryClient = testQueryClient();
  for (const key of Object.values(CACHE)) queryClient.setQueryData(key, {});
  const { result } = renderHook(useRefresh, { wrapper: ({ children }) => <QueryClientProvider client={queryClient}>{children}</QueryClientProvider> });
  await result.current(changed);
  return Object.entries(CACHE).flatMap(([name, key]) => (queryClient.getQueryState(key)?.isInvalidated ? [name] : []));
}

it("takes a step of a proposal to the version that it replaces, its lists, its project and the page behind its link", async () => {
  expect(await oldAfter(changedByStep(PROPOSAL))).toEqual(["the proposal", "another proposal", "a page of proposals", "the shared page", "its project", "its project's activity", "projects", "dashboard", "audit"]);
});

it("takes a written draft to its lists only", async () => {
  expect(await oldAfter(changedByDraft(PROPOSAL))).toEqual(["a page of proposals", "its project's activity", "dashboard", "audit"]);
});
