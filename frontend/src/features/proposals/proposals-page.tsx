import { useQuery } from "@tanstack/react-query";
import { ListPage } from "@/lib/list-page";
import { useCan } from "@/lib/session/me";
import { ProposalIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { ButtonLink } from "@/ui/primitives/link";
import { PROPOSAL_STATUSES } from "./proposal-status";
import { ProposalTable } from "./proposal-table";
import { proposalListOptions, type ProposalFilter } from "./queries";

/** Lists proposals. */
export function ProposalsPage({ filter, onFilter }: { filter: ProposalFilter; onFilter: (filter: ProposalFilter) => void }) {
  const query = useQuery(proposalListOptions(filter));
  const canWrite = useCan("proposals:write");
  return (
    <ListPage
      title="Proposals"
      noun="proposals"
      searched="Title"
      looks={PROPOSAL_STATUSES}
      query={query}
      filter={filter}
      onFilter={onFilter}
      empty={<NoProposals canWrite={canWrite} />}
    >
      {(rows) => <ProposalTable rows={rows} hasClients={canWrite} />}
    </ListPage>
  );
}

function NoProposals({ canWrite }: { canWrite: boolean }) {
  return (
    <EmptyState
      icon={ProposalIcon}
      title="No proposals yet"
      action={
        canWrite && (
          <ButtonLink to="/projects" variant="primary">
            Go to projects
          </ButtonLink>
        )
      }
    >
      {canWrite ? "A proposal belongs to a project: open one and write it there." : "When your agency sends you a proposal, you find it here and in your mail."}
    </EmptyState>
  );
}
