import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { countOf, ListView } from "@/lib/list-view";
import { useCan } from "@/lib/session/me";
import { ProposalIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { FilterBar, FilterSearch, FilterSelect } from "@/ui/patterns/filter-bar";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page } from "@/ui/patterns/panel";
import { ButtonLink } from "@/ui/primitives/link";
import { PROPOSAL_STATUSES } from "./proposal-status";
import { ProposalTable } from "./proposal-table";
import { proposalListOptions, type ProposalFilter } from "./queries";
import { PROPOSAL_STATUS_ORDER } from "./statuses";

const OPTIONS = PROPOSAL_STATUS_ORDER.map((value) => ({ value, label: PROPOSAL_STATUSES[value].label }));

/** Lists proposals; the filter lives in the address. */
export function ProposalsPage({ filter, onFilter }: { filter: ProposalFilter; onFilter: (filter: ProposalFilter) => void }) {
  const query = useQuery(proposalListOptions(filter));
  const canWrite = useCan("proposals:write");
  const isFiltered = Boolean(filter.q ?? filter.status);
  const search = useCallback((q: string) => onFilter({ ...filter, q: q || undefined, page: undefined }), [filter, onFilter]);
  return (
    <Page>
      <PageHeader title="Proposals" />
      <div className="flex flex-col gap-4">
        <FilterBar count={countOf(query.data)} onClear={isFiltered ? () => onFilter({}) : undefined}>
          <FilterSearch label="Find proposals" placeholder="Title" value={filter.q ?? ""} onChange={search} />
          <FilterSelect
            label="Status"
            value={filter.status ?? ""}
            options={OPTIONS}
            onChange={(value) => onFilter({ ...filter, status: PROPOSAL_STATUS_ORDER.find((status) => status === value), page: undefined })}
          />
        </FilterBar>
        <ListView
          query={query}
          noun="proposals"
          isFiltered={isFiltered}
          onClear={() => onFilter({})}
          onPage={(page) => onFilter({ ...filter, page })}
          empty={<NoProposals canWrite={canWrite} />}
        >
          {(rows) => <ProposalTable rows={rows} hasClients={canWrite} />}
        </ListView>
      </div>
    </Page>
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
