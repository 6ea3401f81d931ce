import { useQuery } from "@tanstack/react-query";
import { ListView } from "@/lib/list-view";
import { useCan } from "@/lib/session/me";
import { ProposalIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { ButtonLink } from "@/ui/primitives/link";
import { ProposalTable } from "./proposal-table";
import { proposalListOptions } from "./queries";

/** Lists the versions of one project's proposal. */
export function ProjectProposals({ projectId }: { projectId: string }) {
  const query = useQuery(proposalListOptions({ project_id: projectId }));
  const canWrite = useCan("proposals:write");
  return (
    <ListView
      query={query}
      noun="proposals"
      empty={
        <EmptyState icon={ProposalIcon} title="No proposal yet" action={canWrite && <WriteProposal projectId={projectId} />}>
          {canWrite ? "Say what you will do and what it costs. The client approves it by a link." : "Your agency is still working on it."}
        </EmptyState>
      }
    >
      {(rows) => <ProposalTable rows={rows} hasClients={false} hasProject={false} />}
    </ListView>
  );
}

/** Leads to a new proposal for a project. */
export function WriteProposal({ projectId }: { projectId: string }) {
  return (
    <ButtonLink to="/proposals/new" search={{ project: projectId }} variant="primary" icon={ProposalIcon}>
      Write proposal
    </ButtonLink>
  );
}
