import { useQuery } from "@tanstack/react-query";
import { exportProposals } from "@/api/generated";
import { exportQuery } from "@/lib/list/address";
import { byClient, byDays, byStatus } from "@/lib/list/filter-parts";
import { ListPage } from "@/lib/list/list-page";
import { useCan } from "@/lib/session/me";
import { ProposalIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { ButtonLink } from "@/ui/primitives/link";
import type { ProposalFilter } from "./list";
import { proposalColumns, proposalLink } from "./proposal-columns";
import { CLIENT_PROPOSAL_STATUSES, PROPOSAL_STATUSES } from "./proposal-status";
import { proposalListOptions } from "./queries";

const FILTERS = [byStatus(PROPOSAL_STATUSES), byClient, byDays("Created")];
const CLIENT_FILTERS = [byStatus(CLIENT_PROPOSAL_STATUSES), byDays("Created")];

/** Lists proposals. */
export function ProposalsPage({ filter, onFilter }: { filter: ProposalFilter; onFilter: (filter: ProposalFilter) => void }) {
  const query = useQuery(proposalListOptions(filter));
  const canWrite = useCan("proposals:write");
  return (
    <ListPage
      title="Proposals"
      noun="proposals"
      searched="Title"
      filters={canWrite ? FILTERS : CLIENT_FILTERS}
      columns={proposalColumns({ hasClients: canWrite })}
      defaultSort="-created_at"
      query={query}
      filter={filter}
      onFilter={onFilter}
      exported={{ name: "proposals.csv", load: () => exportProposals({ query: exportQuery(filter), parseAs: "blob", throwOnError: true }) }}
      rowKey={(row) => row.id}
      rowLink={proposalLink}
      empty={<NoProposals canWrite={canWrite} />}
    />
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
      {canWrite ? "Every proposal belongs to a project. Open a project to write one." : "When your agency sends you a proposal, it appears here and you get an e-mail."}
    </EmptyState>
  );
}
