import { useQuery } from "@tanstack/react-query";
import { exportProposals } from "@/api/generated";
import { useBranding } from "@/lib/face";
import { exportQuery } from "@/lib/list/address";
import { List } from "@/lib/list/list";
import { useCan } from "@/lib/session/me";
import { ProposalIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { asOperation, type ProposalFilter } from "./list";
import { OfferProposal } from "./next-proposal";
import { proposalColumns, proposalLink } from "./proposal-columns";
import { proposalListOptions } from "./queries";
import { projectProposals, proposalList } from "./texts/list";

const COLUMNS = proposalColumns({ hasClients: false, hasProject: false });

/** Lists the versions of one project's proposals. */
export function ProjectProposals({ projectId, filter, onFilter }: { projectId: string; filter: ProposalFilter; onFilter: (filter: ProposalFilter) => void }) {
  const query = useQuery(proposalListOptions({ ...filter, project_id: projectId }));
  const canWrite = useCan("proposals:write");
  const business = useBranding();
  return (
    <List
      label={proposalList.title}
      noun={proposalList.noun}
      columns={COLUMNS}
      defaultSort="-created_at"
      query={query}
      filter={filter}
      onFilter={onFilter}
      exported={{ name: "proposals.csv", load: () => exportProposals({ query: exportQuery(asOperation({ ...filter, project_id: projectId })), parseAs: "blob", throwOnError: true }) }}
      rowKey={(row) => row.id}
      rowLink={proposalLink}
      empty={
        <EmptyState icon={ProposalIcon} title={proposalList.empty.title} action={canWrite && <OfferProposal projectId={projectId} />}>
          {canWrite ? projectProposals.empty : business && proposalList.empty.client(business.name)}
        </EmptyState>
      }
    />
  );
}
