import type { ProposalOut } from "@/api/generated";
import { getDashboardQueryKey, getProjectQueryKey, getProposalQueryKey, listProjectActivityQueryKey, listProjectsQueryKey, listProposalsQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import type { TopicReads } from "@/lib/live/use-live";
import { every, overviews, type ReadKey } from "@/lib/refresh";

type Changed = Pick<ProposalOut, "id" | "project_id">;

/** Names what writing a draft changes; the draft itself is in the answer. */
export function changedByDraft({ project_id }: Changed): readonly ReadKey[] {
  return [listProposalsQueryKey(), every("listProposalVersions"), listProjectActivityQueryKey({ path: { project_id } }), ...overviews()];
}

/** Names what a step of a proposal changes: the project follows it, and the page behind the viewing link shows it. */
export function changedByStep(proposal: Changed): readonly ReadKey[] {
  return [
    getProposalQueryKey({ path: { proposal_id: proposal.id } }),
    every("viewSharedProposal"),
    getProjectQueryKey({ path: { project_id: proposal.project_id } }),
    listProjectsQueryKey(),
    ...changedByDraft(proposal),
  ];
}

/** Names what shows a proposal that somebody changed: the one, its list, its project and what is told under that. */
export const proposalTopics = {
  proposals: ({ id, project_id }) => [
    ...(id ? [getProposalQueryKey({ path: { proposal_id: id } })] : []),
    ...(project_id ? [getProjectQueryKey({ path: { project_id } }), listProjectActivityQueryKey({ path: { project_id } })] : []),
    listProposalsQueryKey(),
    every("listProposalVersions"),
    listProjectsQueryKey(),
    getDashboardQueryKey(),
  ],
} satisfies TopicReads;
