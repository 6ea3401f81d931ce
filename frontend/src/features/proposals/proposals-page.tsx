import { useQuery } from "@tanstack/react-query";
import { exportProposals } from "@/api/generated";
import { useBranding } from "@/lib/face";
import { exportQuery } from "@/lib/list/address";
import { byClient, byDays, byStatus } from "@/lib/list/filter-parts";
import { ListPage } from "@/lib/list/list-page";
import { useCan } from "@/lib/session/me";
import { ProposalIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { ButtonLink } from "@/ui/primitives/link";
import { asOperation, isSummed, type ProposalFilter } from "./list";
import { proposalColumns, proposalLink } from "./proposal-columns";
import { DECIDER_PROPOSAL_STATUSES, PROPOSAL_STATUSES, READER_PROPOSAL_STATUSES } from "./proposal-status";
import { summedProposalsOptions } from "./queries";
import { proposalList } from "./texts/list";

const UNPAID = { kind: "choice", key: "unpaid", label: proposalList.payment, options: [{ value: "yes", label: proposalList.unpaid }] } as const;
const FILTERS = [byStatus(PROPOSAL_STATUSES), UNPAID, byClient, byDays(proposalList.created)];
const DECIDER_FILTERS = [byStatus(DECIDER_PROPOSAL_STATUSES), UNPAID, byDays(proposalList.created)];
const READER_FILTERS = [byStatus(READER_PROPOSAL_STATUSES), UNPAID, byDays(proposalList.created)];

/** Lists proposals. */
export function ProposalsPage({ filter, onFilter }: { filter: ProposalFilter; onFilter: (filter: ProposalFilter) => void }) {
  const query = useQuery(summedProposalsOptions(filter));
  const canWrite = useCan("proposals:write");
  const clientFilters = useCan("proposals:decide") ? DECIDER_FILTERS : READER_FILTERS;
  return (
    <ListPage
      title={proposalList.title}
      noun={proposalList.noun}
      searched={proposalList.searched}
      filters={canWrite ? FILTERS : clientFilters}
      columns={proposalColumns({ hasClients: canWrite, sums: isSummed(filter) ? query.data?.sums : undefined })}
      defaultSort="-created_at"
      query={query}
      filter={filter}
      onFilter={onFilter}
      exported={{ name: "proposals.csv", load: () => exportProposals({ query: exportQuery(asOperation(filter)), parseAs: "blob", throwOnError: true }) }}
      rowKey={(row) => row.id}
      rowLink={proposalLink}
      empty={<NoProposals canWrite={canWrite} />}
    />
  );
}

function NoProposals({ canWrite }: { canWrite: boolean }) {
  const business = useBranding();
  return (
    <EmptyState
      icon={ProposalIcon}
      title={proposalList.empty.title}
      action={
        canWrite && (
          <ButtonLink to="/projects" variant="primary">
            {proposalList.empty.projects}
          </ButtonLink>
        )
      }
    >
      {canWrite ? proposalList.empty.staff : business && proposalList.empty.client(business.name)}
    </EmptyState>
  );
}
