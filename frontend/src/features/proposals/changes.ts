import type { ProposalOut } from "@/api/generated";
import { getDashboardQueryKey, getProjectQueryKey, listProjectActivityQueryKey, listProjectsQueryKey, listProposalsQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import type { TopicReads } from "@/lib/live/use-live";
import { every, overviews, type ReadKey } from "@/lib/refresh";

type Changed = Pick<ProposalOut, "id" | "project_id">;

/**
 * Names what shows a proposal that changed, also behind its viewing link, its list, its project and what is told under that. Every
 * version is asked for again: one that is sent replaces another, of which no word comes.
 */
export const proposalTopics = {
  proposals: ({ project_id }) => [
    every("getProposal"),
    every("viewSharedProposal"),
    ...(project_id ? [getProjectQueryKey({ path: { project_id } })] : []),
    listProjectsQueryKey(),
    ...showingList(project_id),
  ],
} satisfies TopicReads;

/** Names what a step of a proposal changes. */
export function changedByStep({ id, project_id }: Changed): readonly ReadKey[] {
  return [...proposalTopics.proposals({ id, project_id }), ...overviews()];
}

/** Names what writing a draft changes; the draft itself is in the answer. */
export function changedByDraft({ project_id }: Changed): readonly ReadKey[] {
  return [...showingList(project_id), ...overviews()];
}

function showingList(projectId: string | null): readonly ReadKey[] {
  return [
    listProposalsQueryKey(),
    every("listProposalVersions"),
    ...(projectId ? [listProjectActivityQueryKey({ path: { project_id: projectId } })] : []),
    getDashboardQueryKey(),
  ];
}
