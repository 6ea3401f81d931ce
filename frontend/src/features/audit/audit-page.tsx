import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { exportAuditEvents, type AuditEventOut, type Outcome } from "@/api/generated";
import { DownloadButton } from "@/lib/download-button";
import { countOf, ListView } from "@/lib/list-view";
import { AuditIcon } from "@/ui/icon";
import { DataTable } from "@/ui/patterns/data-table";
import { EmptyState } from "@/ui/patterns/empty-state";
import { FilterBar, FilterDay, FilterSearch, FilterSelect } from "@/ui/patterns/filter-bar";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page } from "@/ui/patterns/panel";
import { AreaFilter } from "./area-filter";
import { auditColumns, OUTCOME_LOOKS } from "./audit-columns";
import { EventPanel } from "./event-panel";
import { OrganizationFilter } from "./organization-filter";
import { OUTCOMES } from "./outcomes";
import { auditListOptions, auditQuery, type AuditFilter } from "./queries";

const OUTCOME_OPTIONS = OUTCOMES.map((value) => ({ value, label: OUTCOME_LOOKS[value].label }));

/** Searches what was done, by whom, and how it ended; the filter lives in the address. */
export function AuditPage({ filter, onFilter }: { filter: AuditFilter; onFilter: (filter: AuditFilter) => void }) {
  const query = useQuery(auditListOptions(filter));
  const [shown, setShown] = useState<AuditEventOut>();
  const isFiltered = Object.entries(filter).some(([key, value]) => key !== "page" && value !== undefined);
  const change = useCallback((part: AuditFilter) => onFilter({ ...filter, ...part, page: undefined }), [filter, onFilter]);
  const search = useCallback((q: string) => change({ q: q || undefined }), [change]);
  return (
    <Page>
      <PageHeader title="Audit log" facts="Every act of security and business; nobody can change or delete an entry." actions={
          <DownloadButton name="audit.csv" load={() => exportAuditEvents({ query: auditQuery({ ...filter, page: undefined }), parseAs: "blob", throwOnError: true })}>
            CSV
          </DownloadButton>
        } />
      <div className="flex flex-col gap-4">
        <FilterBar count={countOf(query.data)} onClear={isFiltered ? () => onFilter({}) : undefined}>
          <FilterSearch label="Search the audit log" placeholder="Action, actor or id" value={filter.q ?? ""} onChange={search} />
          <OrganizationFilter value={filter.org_id} onChange={(id) => change({ org_id: id })} />
          <AreaFilter value={filter.action} onChange={(action) => change({ action })} />
          <FilterSelect label="Outcome" value={filter.outcome ?? ""} options={OUTCOME_OPTIONS} onChange={(value) => change({ outcome: OUTCOMES.find((outcome: Outcome) => outcome === value) })} />
          <FilterDay label="From" value={filter.from ?? ""} onChange={(from) => change({ from: from || undefined })} />
          <FilterDay label="To" value={filter.to ?? ""} onChange={(to) => change({ to: to || undefined })} />
        </FilterBar>
        <ListView
          query={query}
          noun="events"
          isFiltered={isFiltered}
          onClear={() => onFilter({})}
          onPage={(page) => onFilter({ ...filter, page })}
          empty={<EmptyState icon={AuditIcon} title="Nothing on record yet">The first sign-in will be the first entry.</EmptyState>}
        >
          {(rows) => <DataTable label="Audit events" columns={auditColumns(setShown)} rows={rows} rowKey={(row) => row.id} />}
        </ListView>
      </div>
      {shown && <EventPanel event={shown} onClose={() => setShown(undefined)} />}
    </Page>
  );
}
