import { useQuery } from "@tanstack/react-query";
import { exportProposals } from "@/api/generated";
import { exportQuery } from "@/lib/list/address";
import { List } from "@/lib/list/list";
import { useCan } from "@/lib/session/me";
import { ProposalIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import type { ProposalFilter } from "./list";
import { WriteProposal } from "./next-proposal";
import { proposalColumns, proposalLink } from "./proposal-columns";
import { proposalListOptions } from "./queries";

const COLUMNS = proposalColumns({ hasClients: false, hasProject: false });

/** Lists the versions of one project's proposals. */
export function ProjectProposals({ projectId, filter, onFilter }: { projectId: string; filter: ProposalFilter; onFilter: (filter: ProposalFilter) => void }) {
  const query = useQuery(proposalListOptions({ ...filter, project_id: projectId }));
  const canWrite = useCan("proposals:write");
  return (
    <List
      label="Proposals"
      noun="proposals"
      columns={COLUMNS}
      defaultSort="-created_at"
      query={query}
      filter={filter}
      onFilter={onFilter}
      exported={{ name: "proposals.csv", load: () => exportProposals({ query: exportQuery({ ...filter, project_id: projectId }), parseAs: "blob", throwOnError: true }) }}
      rowKey={(row) => row.id}
      rowLink={proposalLink}
      empty={
        <EmptyState icon={ProposalIcon} title="No proposal yet" action={canWrite && <WriteProposal projectId={projectId} />}>
          {canWrite ? "Say what you will do and what it costs. The client approves it by a link." : "Your agency is still working on it."}
        </EmptyState>
      }
    />
  );
}
